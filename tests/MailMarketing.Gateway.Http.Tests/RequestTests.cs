using System.Text;
using System.Text.Json;
using MailMarketing.Gateway.Http.Tests.Servers;
using Microsoft.AspNetCore.Http;

namespace MailMarketing.Gateway.Http.Tests;

public sealed class RequestTests
{
    [Fact]
    public async Task A_message_is_one_signed_in_post_with_its_key()
    {
        var (request, body) = await CaptureAsync(
            GatewayUnderTest.Message("abc123") with { Headers = new Dictionary<string, string> { ["List-Unsubscribe"] = "<https://example.com/u>" } },
            new GatewayCredentials("jürgen", "pass:wörd"));

        Assert.Equal("POST", request.Method);
        Assert.Equal("/v1/send", request.Path);
        Assert.Equal("abc123", request.Headers["Idempotency-Key"]);
        Assert.Equal("application/json; charset=utf-8", request.ContentType);
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("jürgen:pass:wörd")), request.Headers["Authorization"]);
        Assert.False(request.Headers.ContainsKey("traceparent"));
        Assert.Equal(
            """
            {"from":{"name":"Shop","email":"shop@example.com"},"to":{"name":"Ada","email":"ada@example.com"},"subject":"Hello",
            "text":"Hello","html":"<p>Hello</p>","headers":{"List-Unsubscribe":"<https://example.com/u>"}}
            """.ReplaceLineEndings(""), body);
    }

    [Fact]
    public async Task Files_go_along_where_the_gateway_carries_them()
    {
        var message = GatewayUnderTest.Message() with { Attachments = [Attachment.Of("terms.pdf", "application/pdf", new byte[] { 1, 2, 3 })] };
        var (_, body) = await CaptureAsync(message, configure: options => options.SupportsAttachments = true);
        Assert.EndsWith(
            """"headers":{},"attachments":[{"name":"terms.pdf","content_type":"application/pdf","content":"AQID"}]}"""", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_files_a_message_is_not_sent()
    {
        var requests = 0;
        await using var server = await KestrelServer.StartAsync(_ =>
        {
            requests++;
            return Task.CompletedTask;
        });
        await using var gateway = new GatewayUnderTest(server.Address);
        var message = GatewayUnderTest.Message() with { Attachments = [Attachment.Of("terms.pdf", "application/pdf", new byte[] { 1 })] };
        Assert.Equal(GatewayOutcome.Rejected, (await gateway.SendAsync(message)).Outcome);
        Assert.Equal(0, requests);
    }

    [Fact]
    public async Task Without_a_name_the_recipient_is_called_by_the_address()
    {
        var (_, body) = await CaptureAsync(GatewayUnderTest.Message() with { To = new Mailbox("", "ada@example.com") });
        Assert.Equal("ada@example.com", JsonDocument.Parse(body).RootElement.GetProperty("to").GetProperty("name").GetString());
    }

    [Fact]
    public async Task Html_is_left_out_where_there_is_none()
    {
        var (_, body) = await CaptureAsync(GatewayUnderTest.Message() with { Content = new RenderedEmail("Hi", null, "Only text") });
        Assert.False(JsonDocument.Parse(body).RootElement.TryGetProperty("html", out _));
    }

    [Fact]
    public async Task Text_is_empty_beside_html_alone()
    {
        var (_, body) = await CaptureAsync(GatewayUnderTest.Message() with { Content = new RenderedEmail("Hi", "<b>x</b>", null) });
        Assert.Equal("", JsonDocument.Parse(body).RootElement.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Large_bodies_in_every_script_arrive_whole()
    {
        var html = string.Concat(Enumerable.Repeat("<p>Привет, 世界, 👩‍👩‍👧 \"&'</p>\n", 15_000));
        var (_, body) = await CaptureAsync(GatewayUnderTest.Message() with { Content = new RenderedEmail("Тема 👋", html, "текст") });
        Assert.Contains("Привет", body, StringComparison.Ordinal);
        Assert.Equal(html, JsonDocument.Parse(body).RootElement.GetProperty("html").GetString());
    }

    [Fact]
    public async Task Without_credentials_nothing_claims_to_be_signed_in()
    {
        var (request, _) = await CaptureAsync(GatewayUnderTest.Message());
        Assert.False(request.Headers.ContainsKey("Authorization"));
    }

    public static TheoryData<string, EmailMessage> Forgeries()
    {
        var good = GatewayUnderTest.Message();
        return new TheoryData<string, EmailMessage>
        {
            { "subject", good with { Content = good.Content with { Subject = "hi\r\nBcc: v@example.com" } } },
            { "subject", good with { Content = good.Content with { Subject = "hi\n" } } },
            { "subject", good with { Content = good.Content with { Subject = "hi\0" } } },
            { "sender's name", good with { From = new Mailbox("a\rb", "shop@example.com") } },
            { "recipient's name", good with { To = new Mailbox("a\nb", "ada@example.com") } },
            { "recipient's address", good with { To = new Mailbox("a", "ada@example.com\nbcc:x@example.com") } },
            { "header X-Tag", good with { Headers = new Dictionary<string, string> { ["X-Tag"] = "1\r\nBcc: v@example.com" } } },
            { "header's name", good with { Headers = new Dictionary<string, string> { ["X-Tag: 1\r\nBcc"] = "v@example.com" } } },
            { "idempotency key", good with { IdempotencyKey = "a\r\nX: b" } },
            { "neither HTML nor text", good with { Content = new RenderedEmail("hi", null, null) } },
        };
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task What_could_forge_a_header_is_rejected_and_never_sent(string named, EmailMessage message)
    {
        var requests = 0;
        await using var server = await KestrelServer.StartAsync(_ =>
        {
            Interlocked.Increment(ref requests);
            return Task.CompletedTask;
        });
        await using var gateway = new GatewayUnderTest(server.Address);

        var result = await gateway.SendAsync(message);

        Assert.Equal(GatewayOutcome.Rejected, result.Outcome);
        Assert.Contains(named, result.Reason, StringComparison.Ordinal);
        Assert.Equal(0, requests);
    }

    [Fact]
    public async Task Half_a_character_arrives_as_the_sign_for_it()
    {
        var (_, body) = await CaptureAsync(GatewayUnderTest.Message() with { Content = new RenderedEmail("a\ud83d", null, "b\udc00c") });
        Assert.Equal("a\ufffd", JsonDocument.Parse(body).RootElement.GetProperty("subject").GetString());
        Assert.Equal("b\ufffdc", JsonDocument.Parse(body).RootElement.GetProperty("text").GetString());
    }

    private static async Task<(CapturedRequest Request, string Body)> CaptureAsync(
        EmailMessage message, GatewayCredentials? credentials = null, Action<HttpGatewayOptions>? configure = null)
    {
        CapturedRequest? request = null;
        var body = "";
        await using var server = await KestrelServer.StartAsync(async context =>
        {
            request = new(context.Request.Method, context.Request.Path, context.Request.ContentType, new HeaderDictionary(context.Request.Headers.ToDictionary(StringComparer.OrdinalIgnoreCase)));
            body = await new StreamReader(context.Request.Body).ReadToEndAsync();
        });
        await using var gateway = new GatewayUnderTest(new Uri(server.Address, "/v1/send"), configure);

        var result = await gateway.SendAsync(message, credentials);

        Assert.Equal(GatewayResult.Accepted(null), result);
        return (request!, body);
    }

    private sealed record CapturedRequest(string Method, string Path, string? ContentType, HeaderDictionary Headers);
}

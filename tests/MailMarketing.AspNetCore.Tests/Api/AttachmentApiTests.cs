using System.Net;
using System.Text;
using System.Text.Json;

namespace MailMarketing.AspNetCore.Tests.Api;

/// <summary>Files, uploaded, named and sent (FAULTS: B-C12, S-40, S-42).</summary>
public sealed class AttachmentApiTests(ApiHost host)
{
    [Fact]
    public async Task A_file_of_a_template_goes_to_every_recipient_and_can_be_read_back()
    {
        var file = await UploadAsync("terms %22new%22, 契約.pdf", "%PDF-1", "application/pdf");
        Assert.Equal(("terms \"new\", 契約.pdf", "application/pdf", 6), (
            file.GetProperty("name").GetString(), file.GetProperty("contentType").GetString(), file.GetProperty("size").GetInt32()));
        var template = await AddTemplateAsync(file);
        var email = host.NewEmail();
        var campaign = await host.AddCampaignAsync(template, await host.AddSegmentAsync(email));
        var items = (await host.GetAsync($"/campaigns/{campaign}/preflight")).Succeeded().Json.GetProperty("items").EnumerateArray();
        Assert.Equal("ok", items.Single(item => item.GetProperty("code").GetString() == "attachments").GetProperty("level").GetString());

        (await host.PostAsync($"/campaigns/{campaign}/start")).Succeeded(HttpStatusCode.Accepted);
        await host.UntilAsync(campaign, "completed");

        var sent = Assert.Single(Assert.Single(host.Gateway.SentTo(email)).Attachments);
        Assert.Equal(("terms \"new\", 契約.pdf", "application/pdf"), (sent.Name, sent.ContentType));
        Assert.Equal("%PDF-1", Encoding.ASCII.GetString(sent.Content.Span));
        var stored = (await host.GetAsync($"/templates/{template}")).Succeeded().Json.GetProperty("attachments");
        Assert.Equal(file.GetRawText(), Assert.Single(stored.EnumerateArray()).GetRawText());

        var read = (await host.GetAsync($"/attachments/{file.GetProperty("hash").GetString()}")).Succeeded();
        Assert.Equal(("%PDF-1", "application/octet-stream"), (read.Body, read.Type));
        Assert.Equal(["nosniff"], read.Headers.GetValues("X-Content-Type-Options"));
        (await host.GetAsync("/attachments/none")).Refused(HttpStatusCode.NotFound);
        (await host.GetAsync($"/attachments/{Uri.EscapeDataString("../mail.db")}")).Refused(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_test_carries_the_files_too()
    {
        var template = await AddTemplateAsync(await UploadAsync("a.txt", "abc", "text/plain"));
        var to = host.NewEmail();
        (await host.PostAsync($"/templates/{template}/test", $$"""{"to": "{{to}}"}""")).Succeeded();
        Assert.Equal("abc", Encoding.ASCII.GetString(Assert.Single(Assert.Single(host.Gateway.SentTo(to)).Attachments).Content.Span));
    }

    [Theory]
    [InlineData("", "text/plain", "name")]
    [InlineData("../x", "text/plain", "name")]
    [InlineData("a%5Cb.txt", "text/plain", "name")]
    [InlineData("..", "text/plain", "name")]
    [InlineData("a%0D%0AX:%20y.csv", "text/plain", "name")]
    [InlineData("a%00.csv", "text/plain", "name")]
    [InlineData("cod%E2%80%AEfdp.exe", "text/plain", "name")]
    [InlineData("message.eml", "message/rfc822", "contentType")]
    [InlineData("m.bin", "multipart/mixed", "contentType")]
    public async Task What_could_not_be_named_in_an_email_is_refused(string name, string type, string field)
    {
        var answer = await host.CallAsync("POST", $"/attachments?name={name}", "x"u8.ToArray(), type);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.True(answer.Json.GetProperty("errors").TryGetProperty(field, out _), answer.Body);
    }

    [Fact]
    public async Task A_name_of_300_characters_an_empty_file_and_a_large_one_are_refused()
    {
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.CallAsync("POST", $"/attachments?name={new string('x', 300)}", new byte[1])).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.CallAsync("POST", "/attachments?name=a", [])).Status);
        Assert.Contains("2 MiB", (await host.CallAsync("POST", "/attachments?name=a", new byte[(2 * 1024 * 1024) + 1]))
            .Refused(HttpStatusCode.RequestEntityTooLarge), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_files_that_are_stored_within_the_limits_and_of_different_names_can_be_named()
    {
        var file = await UploadAsync("a.txt", "a", "text/plain");
        await RefusedAsync("not stored", $$"""{"name": "a.txt", "contentType": "text/plain", "hash": "{{new string('0', 64)}}"}""");
        await RefusedAsync("not stored", """{"name": "a.txt", "contentType": "text/plain"}""");
        await RefusedAsync("Two files", file.GetRawText(), file.GetRawText().Replace("a.txt", "A.TXT", StringComparison.Ordinal));
        await RefusedAsync("line breaks", file.GetRawText().Replace("a.txt", "a\\r\\nX: y.csv", StringComparison.Ordinal));
        await RefusedAsync("6 files", [.. Enumerable.Range(0, 6).Select(n => file.GetRawText().Replace("a.txt", $"{n}.txt", StringComparison.Ordinal))]);
        var large = await host.CallAsync("POST", "/attachments?name=large.bin", new byte[(2 * 1024 * 1024) - 1], "application/octet-stream");
        await RefusedAsync("2 MiB together", file.GetRawText(), large.Succeeded(HttpStatusCode.Created).Json.GetRawText(),
            (await UploadAsync("b.txt", "bb", "text/plain")).GetRawText());

        async Task RefusedAsync(string words, params string[] files)
        {
            var answer = await host.PostAsync("/templates", $$"""
                {"name": "{{host.NewName("T")}}", "subject": "s", "text": "t", "attachments": [{{string.Join(", ", files)}}]}
                """);
            Assert.Contains(words, answer.Refused(HttpStatusCode.UnprocessableEntity), StringComparison.Ordinal);
            Assert.True(answer.Json.GetProperty("errors").TryGetProperty("attachments", out _), answer.Body);
        }
    }

    [Fact]
    public async Task A_lane_that_carries_no_files_keeps_the_campaign_from_starting_and_preflight_says_so()
    {
        var template = await AddTemplateAsync(await UploadAsync("a.txt", "abc", "text/plain"));
        var campaign = await host.AddCampaignAsync(template, await host.AddSegmentAsync(host.NewEmail()), lane: "slow");

        Assert.Contains("SupportsAttachments", (await host.PostAsync($"/campaigns/{campaign}/start")).Refused(HttpStatusCode.Conflict), StringComparison.Ordinal);
        var item = (await host.GetAsync($"/campaigns/{campaign}/preflight")).Succeeded().Json.GetProperty("items")[0];
        Assert.Equal("error", item.GetProperty("level").GetString());
        Assert.Contains("Lane slow carries no files", item.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Versions_keep_their_files_and_tell_which_changed()
    {
        var template = await AddTemplateAsync(await UploadAsync("a.txt", "abc", "text/plain"));
        (await host.PutAsync($"/templates/{template}", $$"""{"name": "{{host.NewName("Files")}}", "subject": "Hi", "text": "Hello"}""")).Succeeded();

        var lines = (await host.GetAsync($"/templates/{template}/versions/1/compare/2")).Succeeded().Json.GetProperty("lines").EnumerateArray()
            .Where(line => line.GetProperty("part").GetString() == "attachments").ToList();
        Assert.StartsWith("a.txt (text/plain, 3 bytes, ", Assert.Single(lines).GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, (await host.GetAsync($"/templates/{template}")).Succeeded().Json.GetProperty("attachments").ValueKind);

        var restored = (await host.PostAsync($"/templates/{template}/versions/1/restore")).Succeeded().Json.GetProperty("attachments");
        Assert.Equal("a.txt", Assert.Single(restored.EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Layouts_and_partials_have_no_files()
    {
        var file = await UploadAsync("a.txt", "abc", "text/plain");
        var answer = await host.PostAsync(
            "/templates", $$"""{"name": "{{host.NewName("T")}}", "kind": "partial", "text": "t", "attachments": [{{file.GetRawText()}}]}""");
        Assert.Contains("Only emails", answer.Refused(HttpStatusCode.UnprocessableEntity), StringComparison.Ordinal);
    }

    private async Task<JsonElement> UploadAsync(string name, string content, string type) =>
        (await host.CallAsync("POST", $"/attachments?name={name}", Encoding.ASCII.GetBytes(content), type)).Succeeded(HttpStatusCode.Created).Json;

    private async Task<long> AddTemplateAsync(JsonElement file) => (await host.PostAsync("/templates", $$"""
        {"name": "{{host.NewName("Files")}}", "subject": "Hi", "text": "Hello {{"{{ unsubscribe_url }}"}}", "attachments": [{{file.GetRawText()}}]}
        """)).Succeeded(HttpStatusCode.Created).Id;
}

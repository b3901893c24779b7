using System.Net;
using System.Text;
using System.Text.Json;

namespace MailMarketing.AspNetCore.Tests.Services;

public class EmailEndpointTests
{
    private const string Path = "/api/v1/email";
    private const string Job = """{"id": 1, "email": "ada@example.org", "name": "Ada"}""";

    /// <summary>Bodies that must be refused, with a word that the refusal must contain.</summary>
    public static TheoryData<string, string> BadBodies => new()
    {
        { "", "empty" },
        { "hello", "not JSON" },
        { "{", "not JSON" },
        { "[]", "object" },
        { "null", "object" },
        { "NaN", "not JSON" },
        { "\uFEFF{}", "not JSON" },
        { "{} {}", "not JSON" },
        { "{}", "jobs" },
        { new string('[', 1000) + new string(']', 1000), "not JSON" },
        { Body("[]"), "at least one job" },
        { Body("{}"), "list" },
        { Body("[1]"), "jobs[0]: This must be an object" },
        { Body($"[{Job}]", ", \"surprise\": 1"), "surprise" },
        { Body($"[{Job}]", ", \"subject\": \"again\""), "not JSON" },
        { Body($"[{Job}]", ", \"\\ud800\": 1"), "Unicode" },
        { Body($"[{Job}, {Job}]"), "jobs[0] has this id already" },
        { Body($"[{Job}, {Job.Replace("1", "\"1\"", StringComparison.Ordinal)}]"), "jobs[1].id" },
        { Body("""[{"email": "ada@example.org"}]"""), "jobs[0].id" },
        { Body("""[{"id": 1.5, "email": "ada@example.org"}]"""), "jobs[0].id" },
        { Body("""[{"id": 1e99, "email": "ada@example.org"}]"""), "jobs[0].id" },
        { Body("""[{"id": "", "email": "ada@example.org"}]"""), "jobs[0].id" },
        { Body("""[{"id": 1}]"""), "jobs[0].email" },
        { Body("""[{"id": 1, "email": 7}]"""), "jobs[0].email" },
        { Body("""[{"id": 1, "email": "nobody"}]"""), "exactly one @" },
        { Body("""[{"id": 1, "email": "ada@example.org", "name": "A\r\nBcc: eve@example.org"}]"""), "one line" },
        { Body("""[{"id": 1, "email": "ada@example.org", "city": "a\u0000b"}]"""), "jobs[0].city: This contains the character NUL" },
        { Body("""[{"id": 1, "email": "ada@example.org", "city": {"deep": ["a\u0000b"]}}]"""), "jobs[0].city.deep[0]" },
        { Body("""[{"id": 1, "email": "ada@example.org", "city": "\ud800"}]"""), "surrogate" },
        { Body("""[{"id": 1, "email": "ada@example.org", "\ud800": 1}]"""), "Unicode" },
        { Body("""[{"id": 1, "email": "ada@example.org", "n": 1e999}]"""), "jobs[0].n" },
        { Body("""[{"id": 1, "email": "ada@example.org", "round": -1}]"""), "jobs[0].round" },
        { Body("""[{"id": 1, "email": "ada@example.org", "idempotency_key": "a b"}]"""), "URL-safe" },
        { Body("""[{"id": 1, "email": "ada@example.org", "not_after": "soon"}]"""), "jobs[0].not_after" },
        { $$"""{"jobs": [{{Job}}], "subject": "News"}""", "template" },
        { $$"""{"jobs": [{{Job}}], "template": "Hello"}""", "subject" },
        { $$"""{"jobs": [{{Job}}], "template": "Hello", "subject": " "}""", "subject" },
        { $$"""{"jobs": [{{Job}}], "template": "Hello", "subject": "a\r\nBcc: eve@example.org"}""", "subject" },
        { $$"""{"jobs": [{{Job}}], "template": "Hello", "subject": "{{new string('a', 256)}}"}""", "subject" },
        { $$"""{"jobs": [{{Job}}], "template": "{{new string('a', 256 * 1024 + 1)}}", "subject": "a"}""", "template" },
        { $$"""{"jobs": [{{Job}}], "template": "Hello {town}", "subject": "a"}""", "There is no field town" },
        { Body($"[{Job}]", ", \"template_language\": \"cobol\""), "braces" },
        { Body($"[{Job}]", ", \"lane\": \"nowhere\""), "bulk" },
        { Body($"[{Job}]", ", \"policy\": \"often\""), "at_most_once" },
        { Body($"[{Job}]", ", \"revision\": \"1\""), "revision" },
        { Body($"[{Job}]", ", \"frozen_at\": 5"), "frozen_at" },
        { Body($"[{Job}]", ", \"attachments\": {}"), "attachments" },
        { WithFile("\"a.txt\"", "\"text/plain\"", "\"****\""), "attachments[0].content: This must be base64" },
        { WithFile("\"a.txt\"", "\"text/plain\"", "\"\""), "empty" },
        { WithFile("\"a\\r\\nX: y\"", "\"text/plain\"", "\"YQ==\""), "attachments[0].name" },
        { WithFile("\"../a\"", "\"text/plain\"", "\"YQ==\""), "folders" },
        { WithFile("\"a.txt\"", "\"text/plain\\r\\nX: y\"", "\"YQ==\""), "attachments[0].content_type" },
        { WithFile("\"a.txt\"", "\"message/rfc822\"", "\"YQ==\""), "message/rfc822" },
        { Body($"[{Job}]", ", \"from\": {\"name\": \"A\"}"), "from.email" },
        { Body($"[{Job}]", ", \"headers\": {\"Bcc\": \"eve@example.org\"}"), "headers.Bcc" },
        { Body($"[{Job}]", ", \"headers\": {\"X-A\": \"a\\r\\nb\"}"), "headers.X-A" },
        { Body($"[{Job}]", ", \"headers\": {\"X A\": \"a\"}"), "name" },
    };

    [Theory]
    [MemberData(nameof(BadBodies), DisableDiscoveryEnumeration = true)]
    public async Task A_bad_body_is_a_400_that_says_where_and_why(string body, string expected)
    {
        await using var host = await ServiceHost.StartAnonymousAsync();
        var (status, answer) = await host.PostAsync(Path, body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        using var json = JsonDocument.Parse(answer);
        Assert.Contains(expected, json.RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(400, json.RootElement.GetProperty("status").GetInt32());
        Assert.Equal("Bad Request", json.RootElement.GetProperty("title").GetString());
        Assert.Empty(host.Intake.Batches);
    }

    [Fact]
    public async Task A_batch_without_from_and_headers_gets_those_of_the_email_client()
    {
        await using var host = await ServiceHost.StartAnonymousAsync();
        await host.Settings.UpdateAsync(
            settings => settings with
            {
                From = new Mailbox("Shop", "shop@example.org"),
                Headers = new Dictionary<string, string> { ["X-Shop"] = "1" },
            },
            TestContext.Current.CancellationToken);
        await host.PostAsync(Path, Body($"[{Job}]"));
        await host.PostAsync(Path, Body($"[{Job}]", ", \"from\": {\"email\": \"own@example.org\"}, \"headers\": {}"));

        var (bare, full) = (host.Intake.Batches[0].Content, host.Intake.Batches[1].Content);
        Assert.Equal((new Mailbox("Shop", "shop@example.org"), "1"), (bare.From, bare.Headers["X-Shop"]));
        Assert.Equal(new Mailbox(null, "own@example.org"), full.From);
        Assert.Empty(full.Headers);
    }

    [Fact]
    public async Task A_body_that_is_not_utf8_is_a_400()
    {
        await using var host = await ServiceHost.StartAnonymousAsync();
        var (status, answer) = await host.PostAsync(Path, [.. "{\"a\": \""u8, 0xFF, .. "\"}"u8]);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("UTF-8", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=latin1")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task A_body_of_another_type_is_a_415(string contentType)
    {
        await using var host = await ServiceHost.StartAnonymousAsync();
        var (status, answer) = await host.PostAsync(Path, Encoding.UTF8.GetBytes(Body($"[{Job}]")), contentType: contentType);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, status);
        Assert.Contains("\"error\":", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_larger_than_the_limit_is_a_413()
    {
        await using var host = await ServiceHost.StartAsync(options =>
            (options.ServiceKey, options.AllowAnonymousServices, options.MaxBodyBytes) = (null, true, 1024));
        var (status, answer) = await host.PostAsync(Path, Body($"[{Job}]", $", \"html\": \"{new string('a', 2000)}\""));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Contains("smaller batches", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_names_the_place_beside_the_sentence()
    {
        await using var host = await ServiceHost.StartAnonymousAsync();
        var (_, answer) = await host.PostAsync(Path, Body("""[{"id": 1, "email": ""}]"""));
        using var json = JsonDocument.Parse(answer);
        Assert.Equal("jobs[0].email: An email address is required.", json.RootElement.GetProperty("error").GetString());
        Assert.Equal("An email address is required.", json.RootElement.GetProperty("errors").GetProperty("jobs[0].email")[0].GetString());
    }

    [Fact]
    public async Task A_body_above_the_servers_own_default_is_taken_up_to_the_limit()
    {
        await using var host = await ServiceHost.StartAnonymousAsync();
        var city = new string('a', 31_000_000);
        var (status, _) = await host.PostAsync(Path, Body($$"""[{"id": 1, "email": "ada@example.org", "name": "Ada", "city": "{{city}}"}]"""));
        Assert.Equal(HttpStatusCode.Accepted, status);
    }

    [Fact]
    public async Task Storage_that_cannot_be_reached_is_a_503()
    {
        await using var host = await ServiceHost.StartAnonymousAsync();
        host.Intake.Unreachable = true;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.PostAsync(Path, Body($"[{Job}]"))).Status);
    }

    [Fact]
    public async Task The_originals_form_is_taken_with_braces_and_round_0()
    {
        await using var host = await ServiceHost.StartAnonymousAsync();
        var (status, _) = await host.PostAsync(Path, Body("""[{"id": "a-7", "email": "Ada@Example.org", "name": "Ada", "user_id": 3}]"""));
        Assert.Equal(HttpStatusCode.Accepted, status);
        var batch = Assert.Single(host.Intake.Batches);
        Assert.Equal("braces", batch.Content.Source.Language);
        Assert.Equal("Hello {name}", batch.Content.Source.Text);
        Assert.Null(batch.CampaignId);
        Assert.Null(batch.Lane);
        var job = Assert.Single(batch.Jobs);
        Assert.Equal(new JobId("a-7", IsNumber: false), job.JobId);
        Assert.Equal(0, job.Round);
        Assert.Equal(3L, job.Fields["user_id"]);
    }

    [Fact]
    public async Task Our_form_is_taken_whole()
    {
        await using var host = await ServiceHost.StartAnonymousAsync();
        var (status, answer) = await host.PostAsync(Path, """
            {"jobs": [{"id": 7, "email": "ada@example.org", "name": null, "round": 2, "attempts": 1, "idempotency_key": "k-1",
              "not_after": "2026-03-02T12:00:00+01:00", "attributes": {"vip": true, "score": 1.5, "tags": ["a", null]}}],
             "subject": "News", "html": "<p>Hello</p>", "campaign_id": 12, "revision": 3, "lane": "bulk", "policy": "at_least_once",
             "from": {"name": "Shop", "email": "shop@example.org"}, "headers": {"X-Shop": "1"}, "frozen_at": "2026-03-01T11:00:00Z"}
            """);
        Assert.Equal((HttpStatusCode.Accepted, """{"queue":"life-1"}"""), (status, answer));
        var batch = Assert.Single(host.Intake.Batches);
        Assert.Equal(("12", 3L, "bulk", SendPolicy.AtLeastOnce), (batch.CampaignId, batch.Revision, batch.Lane, batch.Policy));
        Assert.Equal(new Mailbox("Shop", "shop@example.org"), batch.Content.From);
        Assert.Equal("1", batch.Content.Headers["X-Shop"]);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 11, 0, 0, TimeSpan.Zero), batch.Content.FrozenAt);
        Assert.Null(batch.Content.Source.Text);
        var job = Assert.Single(batch.Jobs);
        Assert.Equal((JobId.Of(7), 2, 1, "k-1"), (job.JobId, job.Round, job.Attempts, job.IdempotencyKey));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 11, 0, 0, TimeSpan.Zero), job.NotAfter);
        Assert.Equal(["attributes", "email", "id", "name"], job.Fields.Keys.Order());
        var attributes = Assert.IsType<IReadOnlyDictionary<string, object?>>(job.Fields["attributes"], exactMatch: false);
        Assert.Equal((true, 1.5m), (attributes["vip"], attributes["score"]));
    }

    private static string WithFile(string name, string type, string content) => Body(
        $"[{Job}]", $$""", "attachments": [{"name": {{name}}, "content_type": {{type}}, "content": {{content}}}]""");

    private static string Body(string jobs, string more = "") =>
        $$"""{"jobs": {{jobs}}, "template": "Hello {name}", "subject": "News"{{more}}}""";
}

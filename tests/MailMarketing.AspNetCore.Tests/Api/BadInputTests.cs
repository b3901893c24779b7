using System.Net;
using System.Text;

namespace MailMarketing.AspNetCore.Tests.Api;

/// <summary>Bodies and paths that nobody should send, at every route: a 4xx in words, and nothing stored.</summary>
public sealed class BadInputTests(ApiHost host) : IClassFixture<ApiHost>, IAsyncLifetime
{
    private long _contact;
    private long _segment;
    private long _template;
    private long _campaign;

    /// <summary>Sees that there is one of everything.</summary>
    public async ValueTask InitializeAsync()
    {
        if ((await host.GetAsync("/campaigns")).Items.Count == 0)
        {
            await host.AddCampaignAsync(await host.AddTemplateAsync(), await host.AddSegmentAsync(host.NewEmail()));
        }

        _contact = await FirstAsync("/contacts");
        _segment = await FirstAsync("/segments");
        _template = await FirstAsync("/templates");
        _campaign = await FirstAsync("/campaigns");

        async Task<long> FirstAsync(string list) => (await host.GetAsync($"{list}?limit=1")).Items[0].GetProperty("id").GetInt64();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [MemberData(nameof(BadBodies.Kinds), MemberType = typeof(BadBodies))]
    public Task A_body_that_is_no_JSON_object_is_a_400_at_every_route(string kind) => KeepsEverythingAsync(async () =>
    {
        foreach (var (method, path) in Routes())
        {
            (await host.CallAsync(method, path, BadBodies.Of(kind))).Refused(HttpStatusCode.BadRequest);
        }
    });

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("text/csv")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/jsonx")]
    public Task A_body_of_another_type_is_a_415_at_every_route(string? type) => KeepsEverythingAsync(async () =>
    {
        foreach (var (method, path) in Routes())
        {
            (await host.CallAsync(method, path, Utf8("{}"), type)).Refused(HttpStatusCode.UnsupportedMediaType);
        }
    });

    [Fact]
    public Task A_body_larger_than_4_MiB_is_a_413_at_every_route() => KeepsEverythingAsync(async () =>
    {
        var body = Utf8("{\"name\": \"" + new string('a', 4 * 1024 * 1024) + "\"}");
        foreach (var (method, path) in Routes())
        {
            (await host.CallAsync(method, path, body)).Refused(HttpStatusCode.RequestEntityTooLarge);
        }
    });

    [Theory]
    [MemberData(nameof(BadBodies.WrongTypes), MemberType = typeof(BadBodies))]
    public Task A_value_of_the_wrong_type_is_a_400(string method, string path, string body) =>
        KeepsEverythingAsync(async () => (await CallAsync(method, path, body)).Refused(HttpStatusCode.BadRequest));

    [Theory]
    [MemberData(nameof(BadBodies.Rules), MemberType = typeof(BadBodies))]
    public Task A_value_that_breaks_a_rule_is_a_422_that_names_the_field(string method, string path, string body, string field) =>
        KeepsEverythingAsync(async () => (await CallAsync(
            method,
            path,
            body.Replace("§long§", new string('a', 129), StringComparison.Ordinal)
                .Replace("§999§", new string('a', 999), StringComparison.Ordinal)
                .Replace("§ids§", string.Join(',', Enumerable.Range(1, 101)), StringComparison.Ordinal)
                .Replace("§31§", string.Join(',', Enumerable.Range(1, 31).Select(i => $"\"X-{i}\": \"a\"")), StringComparison.Ordinal)))
            .Refused(HttpStatusCode.UnprocessableEntity, field));

    [Theory]
    [MemberData(nameof(BadBodies.Texts), MemberType = typeof(BadBodies))]
    public Task NUL_and_half_of_a_surrogate_pair_are_refused_wherever_a_text_stands(string method, string path, string body) =>
        KeepsEverythingAsync(async () =>
        {
            foreach (var text in new[] { @"a\u0000b", @"a\ud800b", @"\udc00a", @"\u0000", @"\udbff" })
            {
                var answer = await CallAsync(method, path, body.Replace("§", text, StringComparison.Ordinal));
                answer.Refused(answer.Status == HttpStatusCode.BadRequest ? HttpStatusCode.BadRequest : HttpStatusCode.UnprocessableEntity);
            }
        });

    [Theory]
    [InlineData("999999")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("9223372036854775807")]
    [InlineData("9223372036854775808")]
    [InlineData("9e99")]
    [InlineData("1;drop")]
    [InlineData("1%27--")]
    [InlineData("%20")]
    public async Task An_id_of_nothing_is_a_404_at_every_route(string id)
    {
        var (template, segment) = (await host.AddTemplateAsync(), await host.AddSegmentAsync());
        (string Method, string Path, string? Body)[] calls =
        [
            ("GET", "/contacts/§", null), ("PUT", "/contacts/§", """{"email": "nobody@example.org"}"""), ("DELETE", "/contacts/§", null),
            ("GET", "/contacts/§/segments", null), ("POST", "/contacts/§/subscribe", null), ("POST", "/contacts/§/unsubscribe", null),
            ("GET", "/imports/§", null),
            ("GET", "/segments/§", null), ("PUT", "/segments/§", """{"name": "nothing"}"""), ("DELETE", "/segments/§", null),
            ("GET", "/segments/§/contacts", null), ("PUT", "/segments/§/contacts", """{"contactIds": []}"""),
            ("DELETE", "/segments/§/contacts/1", null), ("DELETE", $"/segments/{segment}/contacts/§", null),
            ("GET", "/templates/§", null), ("PUT", "/templates/§", """{"name": "nothing", "subject": "a", "text": "a"}"""),
            ("DELETE", "/templates/§", null), ("POST", "/templates/§/preview", "{}"),
            ("POST", "/templates/§/test", """{"to": "a@example.org"}"""), ("POST", "/campaigns/§/test", """{"to": "a@example.org"}"""),
            ("GET", "/campaigns/§", null), ("PUT", "/campaigns/§", $$"""{"name": "nothing", "templateId": {{template}}}"""),
            ("DELETE", "/campaigns/§", null), ("GET", "/campaigns/§/deliveries", null), ("POST", "/campaigns/§/start", null),
            ("POST", "/campaigns/§/pause", null), ("POST", "/campaigns/§/resume", null), ("POST", "/campaigns/§/cancel", null),
            ("POST", "/campaigns/§/retry", null), ("POST", "/campaigns/§/schedule", """{"at": "2099-01-01T00:00:00Z"}"""),
            ("POST", "/campaigns/§/unschedule", null), ("GET", "/campaigns/§/reconciliation", null), ("GET", "/campaigns/§/dry-run", null),
            ("GET", "/campaigns/§/preflight", null),
            ("POST", "/campaigns/§/deliveries/1/resolve", """{"as": "sent"}"""),
            ("POST", "/campaigns/{campaign}/deliveries/§/resolve", """{"as": "resend"}"""),
        ];
        await KeepsEverythingAsync(async () =>
        {
            foreach (var (method, path, body) in calls)
            {
                var answer = await host.CallAsync(method, Fill(path.Replace("§", id, StringComparison.Ordinal)), Utf8(body ?? "{}"));
                Assert.True(answer.Status == HttpStatusCode.NotFound, $"{method} {path}: {answer.Status} {answer.Body}");
                Assert.Equal("application/problem+json", answer.Type);
            }
        });
    }

    [Theory]
    [InlineData("GET", "/campaigns/{campaign}/start")]
    [InlineData("HEAD", "/campaigns/{campaign}/cancel")]
    [InlineData("GET", "/contacts/{contact}/unsubscribe")]
    [InlineData("GET", "/contacts/import")]
    [InlineData("DELETE", "/contacts")]
    [InlineData("DELETE", "/settings")]
    [InlineData("PUT", "/settings")]
    [InlineData("PATCH", "/contacts/{contact}")]
    [InlineData("TRACE", "/contacts")]
    public Task A_method_that_a_route_does_not_take_is_a_405_and_has_no_effect(string method, string path) =>
        KeepsEverythingAsync(async () => Assert.Equal(HttpStatusCode.MethodNotAllowed, (await CallAsync(method, path, "{}")).Status));

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>The routes that take a JSON body.</summary>
    private (string Method, string Path)[] Routes()
    {
        (string Method, string Path)[] routes =
        [
            ("POST", "/contacts"), ("PUT", "/contacts/{contact}"), ("POST", "/suppressions"),
            ("POST", "/segments"), ("PUT", "/segments/{segment}"), ("PUT", "/segments/{segment}/contacts"),
            ("POST", "/templates"), ("PUT", "/templates/{template}"), ("POST", "/templates/{template}/preview"),
            ("POST", "/templates/{template}/test"), ("POST", "/campaigns/{campaign}/test"),
            ("POST", "/campaigns"), ("PUT", "/campaigns/{campaign}"), ("POST", "/campaigns/{campaign}/schedule"),
            ("POST", "/campaigns/{campaign}/deliveries/1/resolve"), ("PATCH", "/settings"),
        ];
        return [.. routes.Select(route => (route.Method, Fill(route.Path)))];
    }

    private Task<Answer> CallAsync(string method, string path, string body) => host.CallAsync(method, Fill(path), Utf8(Fill(body)));

    private string Fill(string text) => text
        .Replace("{contact}", $"{_contact}", StringComparison.Ordinal).Replace("{segment}", $"{_segment}", StringComparison.Ordinal)
        .Replace("{template}", $"{_template}", StringComparison.Ordinal).Replace("{campaign}", $"{_campaign}", StringComparison.Ordinal);

    /// <summary>Sees that the calls change nothing of what there is.</summary>
    private async Task KeepsEverythingAsync(Func<Task> calls)
    {
        var before = await host.SnapshotAsync();
        await calls();
        Assert.Equal(before, await host.SnapshotAsync());
    }
}

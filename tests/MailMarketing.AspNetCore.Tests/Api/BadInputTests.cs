using System.Net;
using System.Text;

namespace MailMarketing.AspNetCore.Tests.Api;

/// <summary>Bodies and paths that nobody should send, at every route: a 4xx in words, and nothing stored.</summary>
public sealed class BadInputTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Deep = """{"name": "a", "email": "a@example.org", "attributes": {"a": §}}""";

    private static readonly Dictionary<string, byte[]> Unreadable = new()
    {
        ["empty"] = [],
        ["white space"] = Utf8("  \n "),
        ["no JSON"] = Utf8("hello"),
        ["null"] = Utf8("null"),
        ["a list"] = Utf8("[]"),
        ["a list of objects"] = Utf8("[{}]"),
        ["a string"] = Utf8("\"{}\""),
        ["a number"] = Utf8("1"),
        ["cut in a name"] = Utf8("{\"na"),
        ["cut in a value"] = Utf8("{\"name\": \"a"),
        ["cut before the end"] = Utf8("{\"name\": \"a\""),
        ["two values"] = Utf8("{} {}"),
        ["something after it"] = Utf8("{}x"),
        ["a comment"] = Utf8("{/* */}"),
        ["a comma too many"] = Utf8("{\"name\": \"a\",}"),
        ["single quotes"] = Utf8("{'name': 'a'}"),
        ["NaN"] = Utf8("{\"name\": NaN}"),
        ["a byte order mark"] = [0xEF, 0xBB, 0xBF, .. "{}"u8],
        ["UTF-16"] = Encoding.Unicode.GetBytes("{}"),
        ["not UTF-8 in a value"] = [.. "{\"name\": \""u8, 0xC3, 0x28, .. "\"}"u8],
        ["not UTF-8 in a name"] = [.. "{\""u8, 0xFF, .. "\": 1}"u8],
        ["a surrogate as UTF-8"] = [.. "{\"name\": \""u8, 0xED, 0xA0, 0x80, .. "\"}"u8],
        ["a bare NUL"] = Utf8("{\"name\": \"a\0b\"}"),
        ["NUL after it"] = Utf8("{}\0"),
        ["half a surrogate pair in a name"] = Utf8("""{"\ud800": 1}"""),
        ["a member twice"] = Utf8("""{"name": "a", "name": "b"}"""),
        ["a member twice by an escape"] = Utf8("""{"name": "a", "\u006eame": "b"}"""),
        ["an unknown member twice"] = Utf8("""{"x": 1, "x": 1}"""),
        ["deep lists"] = Utf8(Deep.Replace("§", new string('[', 1000) + new string(']', 1000), StringComparison.Ordinal)),
        ["deep objects"] = Utf8(Deep.Replace(
            "§", string.Concat(Enumerable.Repeat("{\"a\":", 1000)) + "1" + new string('}', 1000), StringComparison.Ordinal)),
        ["deep and never closed"] = Utf8(new string('[', 100_000)),
    };

    public static TheoryData<string> UnreadableBodies => [.. Unreadable.Keys];

    /// <summary>Routes, bodies of the wrong shape, and where.</summary>
    public static TheoryData<string, string, string> WrongTypes => new()
    {
        { "POST", "/contacts", """{"email": 5}""" },
        { "POST", "/contacts", """{"email": ["a@example.org"]}""" },
        { "POST", "/contacts", """{"email": {"address": "a@example.org"}}""" },
        { "POST", "/contacts", """{"email": "a@example.org", "name": true}""" },
        { "PUT", "/contacts/{contact}", """{"email": "a@example.org", "attributes": []}""" },
        { "PUT", "/contacts/{contact}", """{"email": "a@example.org", "attributes": "city"}""" },
        { "POST", "/contacts", """{"email": "a@example.org", "attributes": {"a": 1, "a": 2}}""" },
        { "POST", "/contacts", """{"email": "a@example.org", "attributes": {"a": {"b": 1, "b": 2}}}""" },
        { "POST", "/contacts", """{"email": "a@example.org", "Email": "b@example.org"}""" },
        { "POST", "/suppressions", """{"email": "a@example.org", "reason": 1}""" },
        { "POST", "/segments", """{"name": 1}""" },
        { "PUT", "/segments/{segment}", """{"name": ["a"]}""" },
        { "PUT", "/segments/{segment}/contacts", """{"contactIds": 1}""" },
        { "PUT", "/segments/{segment}/contacts", """{"contactIds": "1"}""" },
        { "PUT", "/segments/{segment}/contacts", """{"contactIds": ["1"]}""" },
        { "PUT", "/segments/{segment}/contacts", """{"contactIds": [null]}""" },
        { "PUT", "/segments/{segment}/contacts", """{"contactIds": [1.5]}""" },
        { "PUT", "/segments/{segment}/contacts", """{"contactIds": [9223372036854775808]}""" },
        { "POST", "/templates", """{"name": "a", "subject": 1, "text": "a"}""" },
        { "PUT", "/templates/{template}", """{"name": "a", "subject": "a", "text": {"a": "b"}}""" },
        { "POST", "/templates/{template}/preview", """{"contactId": "1"}""" },
        { "POST", "/templates/{template}/preview", """{"contactId": 1e99}""" },
        { "POST", "/campaigns", """{"name": "a", "templateId": "{template}"}""" },
        { "POST", "/campaigns", """{"name": "a", "templateId": 1.5}""" },
        { "PUT", "/campaigns/{campaign}", """{"name": "a", "templateId": {template}, "segmentIds": {segment}}""" },
        { "PUT", "/campaigns/{campaign}", """{"name": "a", "templateId": {template}, "segmentIds": ["{segment}"]}""" },
        { "POST", "/campaigns", """{"name": "a", "templateId": {template}, "policy": 1}""" },
        { "POST", "/campaigns", """{"name": "a", "templateId": {template}, "policy": "sometimes"}""" },
        { "PATCH", "/settings", """{"auth": "user:password"}""" },
        { "PATCH", "/settings", """{"auth": {"user": 1, "password": "p"}}""" },
        { "PATCH", "/settings", """{"auth": {"user": "u", "password": "p", "token": "t"}}""" },
        { "PATCH", "/settings", """{"email_from": "news@example.org"}""" },
        { "PATCH", "/settings", """{"emailFrom": {"email": "news@example.org"}}""" },
        { "PATCH", "/settings", """{"headers": ["X-A"]}""" },
        { "PATCH", "/settings", """{"headers": {"X-A": 1}}""" },
    };

    /// <summary>Routes, bodies that break a rule, and the field that must be named.</summary>
    public static TheoryData<string, string, string, string> Rules => new()
    {
        { "POST", "/contacts", "{}", "email" },
        { "POST", "/contacts", """{"email": null}""", "email" },
        { "POST", "/contacts", """{"email": "a@example.org", "name": "a\r\nBcc: eve@example.org"}""", "name" },
        { "POST", "/contacts", """{"email": "a@example.org", "attributes": {"": 1}}""", "attributes" },
        { "PUT", "/contacts/{contact}", """{"name": "a"}""", "email" },
        { "POST", "/suppressions", "{}", "email" },
        { "POST", "/segments", "{}", "name" },
        { "POST", "/segments", """{"name": "   "}""", "name" },
        { "PUT", "/segments/{segment}", """{"name": "§long§"}""", "name" },
        { "POST", "/templates", """{"subject": "a", "text": "a"}""", "name" },
        { "POST", "/templates", """{"name": "a", "text": "a"}""", "subject" },
        { "POST", "/templates", """{"name": "a", "subject": "  ", "text": "a"}""", "subject" },
        { "POST", "/templates", """{"name": "a", "subject": "§long§§long§", "text": "a"}""", "subject" },
        { "POST", "/templates", """{"name": "a", "subject": "a\nBcc: eve@example.org", "text": "a"}""", "subject" },
        { "POST", "/templates", """{"name": "a", "subject": "a"}""", "html" },
        { "POST", "/templates", """{"name": "§long§", "subject": "a", "text": "a"}""", "name" },
        { "PUT", "/templates/{template}", """{"name": "a", "subject": "a", "text": "a", "language": "php"}""", "language" },
        { "POST", "/campaigns", """{"templateId": {template}}""", "name" },
        { "POST", "/campaigns", """{"name": "§long§", "templateId": {template}}""", "name" },
        { "POST", "/campaigns", """{"name": "a"}""", "templateId" },
        { "POST", "/campaigns", """{"name": "a", "templateId": 0}""", "templateId" },
        { "POST", "/campaigns", """{"name": "a", "templateId": 9223372036854775807}""", "templateId" },
        { "PUT", "/campaigns/{campaign}", """{"name": "a", "templateId": 999999}""", "templateId" },
        { "POST", "/campaigns", """{"name": "a", "templateId": {template}, "segmentIds": [999999]}""", "segmentIds" },
        { "POST", "/campaigns", """{"name": "a", "templateId": {template}, "excludeSegmentIds": [0]}""", "excludeSegmentIds" },
        { "POST", "/campaigns", """{"name": "a", "templateId": {template}, "segmentIds": [§ids§]}""", "segmentIds" },
        { "POST", "/campaigns", """{"name": "a", "templateId": {template}, "lane": "nowhere"}""", "lane" },
        { "POST", "/campaigns", """{"name": "a", "templateId": {template}, "subject": " "}""", "subject" },
        { "POST", "/campaigns", """{"name": "a", "templateId": {template}, "subject": "a\rb"}""", "subject" },
        { "PATCH", "/settings", """{"auth": {}, "lane": "bulk"}""", "auth.user" },
        { "PATCH", "/settings", """{"auth": {"user": "u"}}""", "auth.password" },
        { "PATCH", "/settings", """{"auth": {"user": "a:b", "password": "p"}}""", "auth.user" },
        { "PATCH", "/settings", """{"auth": {"user": "u", "password": "p"}, "lane": "nowhere"}""", "lane" },
        { "PATCH", "/settings", """{"lane": "bulk"}""", "lane" },
        { "PATCH", "/settings", """{"email_from": {"name": "Shop"}}""", "email_from.email" },
        { "PATCH", "/settings", """{"email_from": {"email": "nobody"}}""", "email_from.email" },
        { "PATCH", "/settings", """{"email_from": {"email": "a@example.org", "name": "R\r\nBcc: eve@example.org"}}""", "email_from.name" },
        { "PATCH", "/settings", """{"headers": {"Bcc": "eve@example.org"}}""", "headers" },
        { "PATCH", "/settings", """{"headers": {"X-A": null}}""", "headers" },
        { "PATCH", "/settings", """{"headers": {"X-A": "1", "x-a": "2"}}""", "headers" },
        { "PATCH", "/settings", """{"headers": {"X-A": "a\r\nBcc: eve@example.org"}}""", "headers" },
        { "PATCH", "/settings", """{"headers": {"X A": "1"}}""", "headers" },
        { "PATCH", "/settings", """{"headers": {"X-A": "§999§"}}""", "headers" },
        { "PATCH", "/settings", """{"headers": {§31§}}""", "headers" },
    };

    /// <summary>Routes and bodies with a text in each place that takes one.</summary>
    public static TheoryData<string, string, string> Texts => new()
    {
        { "POST", "/contacts", """{"email": "§@example.org"}""" },
        { "POST", "/contacts", """{"email": "a@example.org", "name": "§"}""" },
        { "POST", "/contacts", """{"email": "a@example.org", "firstName": "§"}""" },
        { "PUT", "/contacts/{contact}", """{"email": "a@example.org", "lastName": "§"}""" },
        { "POST", "/contacts", """{"email": "a@example.org", "attributes": {"a": "§"}}""" },
        { "POST", "/contacts", """{"email": "a@example.org", "attributes": {"§": "a"}}""" },
        { "POST", "/contacts", """{"email": "a@example.org", "attributes": {"a": [{"b": "§"}]}}""" },
        { "POST", "/contacts", """{"email": "a@example.org", "attributes": {"a": {"§": 1}}}""" },
        { "POST", "/suppressions", """{"email": "§@example.org"}""" },
        { "POST", "/suppressions", """{"email": "a@example.org", "reason": "§"}""" },
        { "POST", "/segments", """{"name": "§"}""" },
        { "PUT", "/segments/{segment}", """{"name": "§"}""" },
        { "POST", "/templates", """{"name": "§", "subject": "a", "text": "a"}""" },
        { "POST", "/templates", """{"name": "a", "subject": "§", "text": "a"}""" },
        { "POST", "/templates", """{"name": "a", "subject": "a", "text": "§"}""" },
        { "PUT", "/templates/{template}", """{"name": "a", "subject": "a", "html": "§"}""" },
        { "POST", "/templates", """{"name": "a", "subject": "a", "text": "a", "language": "§"}""" },
        { "POST", "/campaigns", """{"name": "§", "templateId": {template}}""" },
        { "POST", "/campaigns", """{"name": "a", "templateId": {template}, "subject": "§"}""" },
        { "POST", "/campaigns", """{"name": "a", "templateId": {template}, "lane": "§"}""" },
        { "PUT", "/campaigns/{campaign}", """{"name": "a", "templateId": {template}, "policy": "§"}""" },
        { "PATCH", "/settings", """{"auth": {"user": "§", "password": "p"}}""" },
        { "PATCH", "/settings", """{"auth": {"user": "u", "password": "§"}}""" },
        { "PATCH", "/settings", """{"auth": {"user": "u", "password": "p"}, "lane": "§"}""" },
        { "PATCH", "/settings", """{"email_from": {"email": "a@example.org", "name": "§"}}""" },
        { "PATCH", "/settings", """{"email_from": {"email": "§@example.org"}}""" },
        { "PATCH", "/settings", """{"headers": {"X-A": "§"}}""" },
        { "PATCH", "/settings", """{"headers": {"§": "a"}}""" },
    };

    [Theory]
    [MemberData(nameof(UnreadableBodies))]
    public Task A_body_that_is_no_JSON_object_is_a_400_at_every_route(string body) => KeepsEverythingAsync(async () =>
    {
        foreach (var (method, path) in await RoutesAsync())
        {
            (await host.CallAsync(method, path, Unreadable[body])).Refused(HttpStatusCode.BadRequest);
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
        foreach (var (method, path) in await RoutesAsync())
        {
            (await host.CallAsync(method, path, Utf8("{}"), type)).Refused(HttpStatusCode.UnsupportedMediaType);
        }
    });

    [Fact]
    public Task A_body_larger_than_4_MiB_is_a_413_at_every_route() => KeepsEverythingAsync(async () =>
    {
        var body = Utf8("{\"name\": \"" + new string('a', 4 * 1024 * 1024) + "\"}");
        foreach (var (method, path) in await RoutesAsync())
        {
            (await host.CallAsync(method, path, body)).Refused(HttpStatusCode.RequestEntityTooLarge);
        }
    });

    [Theory]
    [MemberData(nameof(WrongTypes))]
    public Task A_value_of_the_wrong_type_is_a_400(string method, string path, string body) =>
        KeepsEverythingAsync(async () => (await CallAsync(method, path, body)).Refused(HttpStatusCode.BadRequest));

    [Theory]
    [MemberData(nameof(Rules))]
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
    [MemberData(nameof(Texts))]
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
            ("GET", "/campaigns/§", null), ("PUT", "/campaigns/§", $$"""{"name": "nothing", "templateId": {{template}}}"""),
            ("DELETE", "/campaigns/§", null), ("GET", "/campaigns/§/deliveries", null), ("POST", "/campaigns/§/start", null),
            ("POST", "/campaigns/§/pause", null), ("POST", "/campaigns/§/resume", null), ("POST", "/campaigns/§/cancel", null),
            ("POST", "/campaigns/§/retry", null),
        ];
        await KeepsEverythingAsync(async () =>
        {
            foreach (var (method, path, body) in calls)
            {
                var answer = await host.CallAsync(method, path.Replace("§", id, StringComparison.Ordinal), Utf8(body ?? "{}"));
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

    private async Task<Answer> CallAsync(string method, string path, string body) =>
        await host.CallAsync(method, await FillAsync(path), Utf8(await FillAsync(body)));

    private async Task<string> FillAsync(string text) => text.Contains('{', StringComparison.Ordinal)
        ? text.Replace("{contact}", $"{await FirstAsync("contacts")}", StringComparison.Ordinal)
            .Replace("{segment}", $"{await FirstAsync("segments")}", StringComparison.Ordinal)
            .Replace("{template}", $"{await FirstAsync("templates")}", StringComparison.Ordinal)
            .Replace("{campaign}", $"{await FirstAsync("campaigns")}", StringComparison.Ordinal)
        : text;

    private async Task<long> FirstAsync(string list) => (await host.GetAsync($"/{list}?limit=1")).Items[0].GetProperty("id").GetInt64();

    private async Task<(string Method, string Path)[]> RoutesAsync()
    {
        (string Method, string Path)[] routes =
        [
            ("POST", "/contacts"), ("PUT", "/contacts/{contact}"), ("POST", "/suppressions"),
            ("POST", "/segments"), ("PUT", "/segments/{segment}"), ("PUT", "/segments/{segment}/contacts"),
            ("POST", "/templates"), ("PUT", "/templates/{template}"), ("POST", "/templates/{template}/preview"),
            ("POST", "/campaigns"), ("PUT", "/campaigns/{campaign}"), ("PATCH", "/settings"),
        ];
        var filled = new List<(string, string)>();
        foreach (var (method, path) in routes)
        {
            filled.Add((method, await FillAsync(path)));
        }

        return [.. filled];
    }

    /// <summary>Sees that there is one of everything, then that the calls change nothing of it.</summary>
    private async Task KeepsEverythingAsync(Func<Task> calls)
    {
        if ((await host.GetAsync("/campaigns")).Items.Count == 0)
        {
            await host.AddCampaignAsync(await host.AddTemplateAsync(), await host.AddSegmentAsync(host.NewEmail()));
        }

        var before = await host.SnapshotAsync();
        await calls();
        Assert.Equal(before, await host.SnapshotAsync());
    }
}

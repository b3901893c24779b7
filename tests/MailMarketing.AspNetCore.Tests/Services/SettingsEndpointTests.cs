using System.Net;
using System.Text.Json;

namespace MailMarketing.AspNetCore.Tests.Services;

public class SettingsEndpointTests
{
    private const string Path = "/api/v1/settings";

    /// <summary>Bodies that must be refused, with a word that the refusal must contain.</summary>
    public static TheoryData<string, string> BadBodies => new()
    {
        { "", "empty" },
        { "hello", "not JSON" },
        { "[]", "object" },
        { "null", "object" },
        { """{"surprise": 1}""", "surprise" },
        { """{"lane": "bulk", "lane": "bulk"}""", "not JSON" },
        { """{"auth": null}""", "auth: This must be an object" },
        { """{"auth": "u:p"}""", "auth: This must be an object" },
        { """{"auth": {}}""", "auth.user" },
        { """{"auth": {"user": "u"}}""", "auth.password" },
        { """{"auth": {"password": "p"}}""", "auth.user" },
        { """{"auth": {"user": 5, "password": "p"}}""", "auth.user: This must be a string" },
        { """{"auth": {"user": "", "password": "p"}}""", "auth.user" },
        { """{"auth": {"user": "a:b", "password": "p"}}""", "auth.user" },
        { """{"auth": {"user": "u", "password": ""}}""", "auth.password" },
        { """{"auth": {"user": "u", "password": "a\u0000b"}}""", "auth.password" },
        { """{"auth": {"user": "u", "password": "p", "token": "t"}}""", "auth.token" },
        { """{"email_from": null}""", "email_from" },
        { """{"email_from": {"name": "Shop"}}""", "email_from.email" },
        { """{"email_from": {"email": "nobody"}}""", "email_from.email" },
        { """{"email_from": {"email": 7}}""", "email_from.email" },
        { """{"email_from": {"email": "shop@example.org", "name": "a\r\nBcc: eve@example.org"}}""", "email_from.name" },
        { """{"email_from": {"email": "shop@example.org", "name": "\ud800"}}""", "email_from.name" },
        { """{"email_from": {"email": "shop@example.org", "street": "a"}}""", "email_from.street" },
        { """{"headers": null}""", "headers" },
        { """{"headers": []}""", "headers" },
        { """{"headers": {"X-A": 1}}""", "headers.X-A" },
        { """{"headers": {"X-A": "a\r\nb"}}""", "headers.X-A" },
        { """{"headers": {"Bcc": "eve@example.org"}}""", "headers.Bcc" },
        { """{"headers": {"List-Unsubscribe": "<https://example.org>"}}""", "headers" },
        { """{"headers": {"X-A": "1", "x-a": "2"}}""", "twice" },
        { """{"lane": "bulk"}""", "lane" },
        { """{"auth": {"user": "u", "password": "p"}, "lane": "nowhere"}""", "bulk" },
        { """{"auth": {"user": "u", "password": "p"}, "lane": null}""", "lane" },
        { """{"email_from": {"email": "shop@example.org"}, "headers": {"Bcc": "eve@example.org"}}""", "headers.Bcc" },
        { """{"auth": {"user": "u", "password": "p"}, "email_from": {"email": "nobody"}}""", "email_from.email" },
    };

    [Fact]
    public async Task What_nobody_set_is_null()
    {
        await using var host = await ServiceHost.StartAnonymousAsync();
        var (status, answer) = await host.GetAsync(Path);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(
            """{"headers":{},"from":{"name":null,"email":null},"auth":{"configured":false},"lanes":"""
            + """[{"name":"bulk","configured":false,"state":"open","reason":null},{"name":"news","configured":false,"state":"open","reason":null}]}""",
            answer);
    }

    [Fact]
    public async Task A_change_is_answered_with_the_settings_and_never_with_credentials()
    {
        await using var host = await ServiceHost.StartAnonymousAsync();
        var (status, answer) = await host.PatchAsync(
            Path,
            """
            {"auth": {"user": "ada", "password": "lovelace"}, "lane": "news",
             "email_from": {"name": "Läden", "email": "shop@example.org"}, "headers": {"X-A": "1"}}
            """);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(
            """{"headers":{"X-A":"1"},"from":{"name":"Läden","email":"shop@example.org"},"auth":{"configured":false},"lanes":"""
            + """[{"name":"bulk","configured":false,"state":"open","reason":null},{"name":"news","configured":true,"state":"open","reason":null}]}""",
            answer);
        Assert.Equal(answer, (await host.GetAsync(Path)).Body);
        Assert.Equal(["news"], host.Settings.Current.ProtectedCredentials.Keys);
        Assert.DoesNotContain("lovelace", host.Settings.Current.ProtectedCredentials["news"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_one_thing_leaves_the_others_and_headers_are_replaced_whole()
    {
        await using var host = await ServiceHost.StartAnonymousAsync();
        await host.PatchAsync(Path, """{"email_from": {"name": null, "email": "shop@example.org"}, "headers": {"X-A": "1", "X-B": "2"}}""");
        await host.PatchAsync(Path, """{"headers": {"X-C": "3"}}""");
        Assert.Equal(new Mailbox(null, "shop@example.org"), host.Settings.Current.From);
        Assert.Equal(["X-C"], host.Settings.Current.Headers.Keys);
    }

    [Fact]
    public async Task An_empty_change_is_a_204()
    {
        await using var host = await ServiceHost.StartAnonymousAsync();
        Assert.Equal((HttpStatusCode.NoContent, ""), await host.PatchAsync(Path, "{}"));
        Assert.Equal(0, host.Settings.Changes);
    }

    [Theory]
    [MemberData(nameof(BadBodies), DisableDiscoveryEnumeration = true)]
    public async Task A_bad_change_is_a_400_that_says_where_and_why_and_changes_nothing(string body, string expected)
    {
        await using var host = await ServiceHost.StartAnonymousAsync();
        var (status, answer) = await host.PatchAsync(Path, body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        using var json = JsonDocument.Parse(answer);
        Assert.Contains(expected, json.RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, host.Settings.Changes);
    }

    [Fact]
    public async Task A_change_that_is_no_json_is_a_415()
    {
        await using var host = await ServiceHost.StartAnonymousAsync();
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await host.PatchAsync(Path, "{}", "text/plain")).Status);
    }

    [Fact]
    public async Task Settings_are_told_and_changed_for_signed_calls_only()
    {
        await using var host = await ServiceHost.StartAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.GetAsync(Path)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.PatchAsync(Path, """{"headers": {}}""")).Status);
        Assert.Equal(0, host.Settings.Changes);
    }
}

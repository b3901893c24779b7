using System.Net;
using System.Text.Json;

namespace MailMarketing.AspNetCore.Tests.Api;

public sealed class SettingsApiTests
{
    [Fact]
    public async Task Settings_are_null_until_somebody_sets_them_and_never_tell_the_credentials()
    {
        await using var host = await ApiHost.StartAsync();
        var unset = (await host.GetAsync("/settings")).Succeeded().Json;
        Assert.Equal(JsonValueKind.Null, unset.GetProperty("from").GetProperty("email").ValueKind);
        Assert.False(unset.GetProperty("auth").GetProperty("configured").GetBoolean());
        Assert.Equal(["bulk", "slow"], unset.GetProperty("lanes").EnumerateArray().Select(lane => lane.GetProperty("name").GetString()));

        var changed = (await host.PatchAsync("/settings", """
            {"auth": {"user": "ada", "password": "lovelace"}, "email_from": {"name": " Läden ", "email": "shop@example.org"},
             "headers": {"X-A": "1"}}
            """)).Succeeded();
        Assert.DoesNotContain("lovelace", changed.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("ada", changed.Body, StringComparison.Ordinal);
        Assert.Equal("Läden", changed.Json.GetProperty("from").GetProperty("name").GetString());
        Assert.True(changed.Json.GetProperty("auth").GetProperty("configured").GetBoolean());
        Assert.Equal("1", changed.Json.GetProperty("headers").GetProperty("X-A").GetString());
        Assert.True(changed.Json.GetProperty("lanes")[0].GetProperty("configured").GetBoolean());
        Assert.False(changed.Json.GetProperty("lanes")[1].GetProperty("configured").GetBoolean());
        Assert.Contains(changed.Json.GetProperty("lanes")[0].GetProperty("state").GetString(), new[] { "open", "closed" });

        (await host.PatchAsync("/settings", """{"headers": {"X-B": "2"}}""")).Succeeded();
        (await host.PatchAsync("/settings", """{"email_from": {"email": "news@example.org"}}""")).Succeeded();
        var later = (await host.GetAsync("/settings")).Json;
        Assert.Equal("X-B", Assert.Single(later.GetProperty("headers").EnumerateObject()).Name);
        Assert.Equal("news@example.org", later.GetProperty("from").GetProperty("email").GetString());
        Assert.True(later.GetProperty("auth").GetProperty("configured").GetBoolean());
        Assert.Empty((await host.PatchAsync("/settings", "{}")).Succeeded(HttpStatusCode.NoContent).Body);
    }
}

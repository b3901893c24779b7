using System.Net;
using System.Text;
using ReferenceHost.People;
using ReferenceHost.Tokens;

namespace ReferenceHost.Security.Tests;

/// <summary>Asking again who somebody is: for credentials, for a second factor, and for one browser among several.</summary>
public sealed class ConfirmTests
{
    private const string Credentials = """{"auth":{"user":"ada","password":"secret"}}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Fault", "S-06")]
    public async Task Credentials_ask_for_the_password_again_after_ten_minutes()
    {
        await using var host = await SafeHost.StartAsync();
        using var client = await host.SignedInAsync(PersonRole.Administrator);
        Assert.Equal(HttpStatusCode.OK, await PatchAsync(client, Credentials));

        host.Time.Pass(TimeSpan.FromMinutes(11));
        Assert.Equal(HttpStatusCode.Forbidden, await PatchAsync(client, Credentials));
        Assert.Equal(HttpStatusCode.OK, await PatchAsync(client, """{"headers":{"X-Shop":"north"}}"""));

        var wrong = await client.PostAsync(ConfirmEndpoints.Page, ConfirmEndpoints.Page, ("password", "not the password"), ("returnUrl", "/settings"));
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.Status);
        Assert.Equal(HttpStatusCode.Forbidden, await PatchAsync(client, Credentials));

        var confirmed = await client.PostAsync(ConfirmEndpoints.Page, ConfirmEndpoints.Page, ("password", SafeHost.Password), ("returnUrl", "/settings"));
        Assert.Equal((HttpStatusCode.Redirect, "/settings"), (confirmed.Status, confirmed.Location));
        Assert.Equal(HttpStatusCode.OK, await PatchAsync(client, Credentials));

        var maker = await host.AddAsync("maker@example.org", PersonRole.Administrator);
        var tokens = host.Services.GetRequiredService<ApiTokens>();
        using var program = new Client(host.Web)
        {
            Bearer = await tokens.AddAsync("deploy", PersonRole.Administrator, TimeSpan.FromDays(1), maker.Id, Stop),
        };
        Assert.Equal(HttpStatusCode.OK, await PatchAsync(program, Credentials));
    }

    [Fact]
    [Trait("Fault", "S-30")]
    public async Task Administrators_turn_the_second_factor_on_first_where_the_host_asks_for_it()
    {
        await using var host = await SafeHost.StartAsync(("Admin:RequireSecondFactor", "true"));
        using var marketer = await host.SignedInAsync(PersonRole.Marketer);
        Assert.Equal(HttpStatusCode.OK, (await marketer.GetAsync("/campaigns")).Status);

        using var client = await host.SignedInAsync(PersonRole.Administrator);
        var page = await client.GetAsync("/campaigns");
        Assert.Equal((HttpStatusCode.Redirect, "/account"), (page.Status, page.Location));
        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync("/people")).Status);
        var call = await client.GetAsync("/api/v1/contacts");
        Assert.Equal(HttpStatusCode.Forbidden, call.Status);
        Assert.Contains("second factor", call.Body, StringComparison.Ordinal);

        var account = await client.GetAsync("/account");
        Assert.Contains("turn it on below", account.Body, StringComparison.Ordinal);
        var key = await client.AuthenticatorKeyAsync();
        var turnedOn = await client.PostAsync("/account", "/account/two-factor", ("code", Totp.CodeOf(key, host.Time.GetUtcNow())));
        Assert.Contains("ecovery", turnedOn.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/campaigns")).Status);

        var turnedOff = await client.PostAsync("/account", "/account/two-factor/off", ("password", SafeHost.Password));
        Assert.Contains("need a second factor", turnedOff.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/campaigns")).Status);
    }

    [Fact]
    [Trait("Fault", "S-31")]
    public async Task One_browser_among_several_is_signed_out()
    {
        await using var host = await SafeHost.StartAsync();
        using var here = await host.SignedInAsync(PersonRole.Viewer, "two@example.org");
        using var there = new Client(host.Web);
        await there.SignInAsync("two@example.org", SafeHost.Password);
        using var stranger = await host.SignedInAsync(PersonRole.Viewer);

        var id = Client.Hidden(await here.GetAsync("/account"), "session");
        await stranger.PostAsync("/account", "/account/sessions/end", ("session", id));
        Assert.Equal(HttpStatusCode.OK, (await there.GetAsync("/account")).Status);

        await here.PostAsync("/account", "/account/sessions/end", ("session", id));
        Assert.True((await there.GetAsync("/account")).LeadsToSignIn);
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/account")).Status);
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync("/account")).Status);
    }

    private static async Task<HttpStatusCode> PatchAsync(Client client, string json)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        return (await client.SendAsync(HttpMethod.Patch, "/api/v1/settings", body, ("Origin", client.Origin), ("Sec-Fetch-Site", "same-origin"))).Status;
    }
}

using System.Net;
using Microsoft.AspNetCore.Identity;
using ReferenceHost.People;

namespace ReferenceHost.Security.Tests;

[Trait("Fault", "S-13 S-61")]
public sealed class SetUpTests
{
    [Fact]
    public async Task The_first_administrator_needs_the_token_of_the_log_and_is_the_only_first()
    {
        await using var host = await SafeHost.StartAsync();
        using var client = new Client(host.Web);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/set-up")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/set-up?token=guess")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync("/sign-in", "/sign-in/demo")).Status);

        var token = host.Services.GetRequiredService<SetUp>().Token;
        var page = $"/set-up?token={token}";
        var weak = await client.PostAsync(page, "/set-up", ("token", token), ("email", "ada@example.org"), ("password", "password1234"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, weak.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync(page, "/set-up", ("email", "ada@example.org"), ("password", SafeHost.Password))).Status);
        var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(async number =>
        {
            using var other = new Client(host.Web);
            return await other.PostAsync(
                page, "/set-up", ("token", token), ("email", $"ada{number}@example.org"), ("password", SafeHost.Password));
        }));
        Assert.Single(replies, reply => reply.Status == HttpStatusCode.Redirect);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(page)).Status);
        await using var scope = host.Services.CreateAsyncScope();
        Assert.Single(scope.ServiceProvider.GetRequiredService<UserManager<Person>>().Users);
    }

    [Fact]
    public async Task Demo_mode_signs_in_with_one_click_from_this_machine_alone()
    {
        await using var host = await SafeHost.StartAsync(("Demo", "true"));
        using var client = new Client(host.Web);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/contacts")).Status);
        var token = Client.TokenOf(await client.GetAsync("/sign-in"));
        (string, string)[] form = [("__RequestVerificationToken", token)];
        Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync("/sign-in/demo", form, ("Origin", client.Origin), ("X-Forwarded-For", "127.0.0.1"))).Status);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await client.PostAsync("/sign-in/demo", form, ("Origin", "http://evil.example"), ("Host", "evil.example"))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await client.PostAsync("/sign-in", "/sign-in/demo")).Status);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/people")).Status);

        await using var scope = host.Services.CreateAsyncScope();
        Assert.False(await scope.ServiceProvider.GetRequiredService<Accounts>().HasAdministratorAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_set_up_without_a_person_takes_the_configuration()
    {
        await using var host = await SafeHost.StartAsync(
            ("Admin:Email", "ops@example.org"), ("Admin:Password", SafeHost.Password), ("Admin:ApiToken", "configured-token-of-length"));
        using var client = new Client(host.Web);
        Assert.Equal(HttpStatusCode.Redirect, (await client.SignInAsync("ops@example.org", SafeHost.Password)).Status);
        using var program = new Client(host.Web) { Bearer = "configured-token-of-length" };
        Assert.Equal(HttpStatusCode.NoContent, (await program.SendAsync(
            HttpMethod.Patch, "/api/v1/settings", new StringContent("{}", System.Text.Encoding.UTF8, "application/json"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/set-up")).Status);
    }

    [Theory]
    [InlineData("Admin:ApiToken", "short")]
    [InlineData("Admin:Email", "ops@example.org")]
    [InlineData("Proxies", "the proxy")]
    [InlineData("OpenIdConnect:Authority", "https://id.example.org")]
    public async Task A_setting_that_leaves_a_weak_door_refuses_the_start(string key, string value) =>
        await Assert.ThrowsAsync<BadSettingException>(() => SafeHost.StartAsync((key, value)));

    [Fact]
    public async Task An_invitation_and_a_forgotten_password_travel_by_the_product_s_own_lane_and_are_good_once()
    {
        await using var host = await SafeHost.StartAsync();
        await host.Services.GetRequiredService<MailMarketing.SettingsClient>().UpdateAsync(
            new MailMarketing.SenderSettingsPatch
            {
                From = new MailMarketing.Mailbox("News", "news@example.org"), Auth = new MailMarketing.GatewayCredentials("u", "p"),
            },
            TestContext.Current.CancellationToken);
        using var administrator = await host.SignedInAsync(PersonRole.Administrator);
        var invited = await administrator.PostAsync("/people", "/people", ("email", "grace@example.org"), ("role", "Marketer"));
        Assert.Contains("on its way", invited.Body, StringComparison.Ordinal);
        var (link, fields) = await MailedAsync(host, "accept-invite");
        using var client = new Client(host.Web);
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync(link, "/accept-invite", [.. fields, ("password", SafeHost.Password)])).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await client.SignInAsync("grace@example.org", SafeHost.Password)).Status);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await client.PostAsync(link, "/accept-invite", [.. fields, ("password", "some other long words")])).Status);

        await client.PostAsync("/forgot-password", "/forgot-password", ("email", "grace@example.org"));
        (link, fields) = await MailedAsync(host, "reset-password");
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync(link, "/reset-password", [.. fields, ("password", "harbours of olive kettles")])).Status);
        Assert.True((await client.GetAsync("/account")).LeadsToSignIn);
        Assert.Equal(HttpStatusCode.Redirect, (await client.SignInAsync("grace@example.org", "harbours of olive kettles")).Status);
    }

    private static async Task<(string Link, (string, string)[] Fields)> MailedAsync(SafeHost host, string purpose)
    {
        using var http = new HttpClient();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(20));
        http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String("u:p"u8));
        while (true)
        {
            var mails = await http.GetStringAsync(new Uri(host.Gateway, "mails"), deadline.Token);
            var found = System.Text.RegularExpressions.Regex.Match(
                System.Text.RegularExpressions.Regex.Unescape(mails), $@"(/{purpose}\?person=(\d+)&token=([A-Za-z0-9%_-]+))");
            if (found.Success)
            {
                return (found.Groups[1].Value, [("person", found.Groups[2].Value), ("token", Uri.UnescapeDataString(found.Groups[3].Value))]);
            }

            await Task.Delay(50, deadline.Token);
        }
    }
}

using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ReferenceHost.People;

namespace ReferenceHost.Security.Tests;

public sealed class SignInTests(SafeHost host) : IClassFixture<SafeHost>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [Trait("Fault", "S-38")]
    [InlineData("/contacts", "/contacts")]
    [InlineData("/contacts?search=a%20b", "/contacts?search=a%20b")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/a\\..\\evil", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("", "/")]
    public void A_return_address_is_a_path_of_this_host(string given, string followed) => Assert.Equal(followed, LocalAddress.Of(given));

    [Fact]
    [Trait("Fault", "S-38")]
    public async Task Signing_in_follows_no_foreign_address()
    {
        await host.AddAsync("follow@example.org", PersonRole.Viewer);
        using var client = new Client(host.Web);
        Assert.Equal("/", (await client.SignInAsync("follow@example.org", SafeHost.Password, "/%09/evil.example\t")).Location);
        Assert.Equal("/contacts", (await client.SignInAsync("follow@example.org", SafeHost.Password, "/contacts")).Location);
    }

    [Fact]
    [Trait("Fault", "S-26")]
    public async Task A_wrong_address_and_a_wrong_password_are_answered_alike()
    {
        await host.AddAsync("known@example.org", PersonRole.Viewer);
        using var client = new Client(host.Web);
        var known = await client.SignInAsync("known@example.org", "not the password");
        var unknown = await client.SignInAsync("nobody@example.org", "not the password");
        Assert.Equal(HttpStatusCode.Unauthorized, known.Status);
        Assert.Equal((known.Status, Bare(known)), (unknown.Status, Bare(unknown)));

        var mailed = await client.PostAsync("/forgot-password", "/forgot-password", ("email", "known@example.org"));
        var silent = await client.PostAsync("/forgot-password", "/forgot-password", ("email", "nobody@example.org"));
        Assert.Equal(HttpStatusCode.OK, mailed.Status);
        Assert.Equal((mailed.Status, Bare(mailed)), (silent.Status, Bare(silent)));

        static string Bare(Client.Reply reply) => System.Text.RegularExpressions.Regex.Replace(reply.Body, "value=\"[^\"]+\"", "");
    }

    [Fact]
    [Trait("Fault", "S-31")]
    public async Task Each_sign_in_has_a_session_of_its_own_and_signing_out_ends_it()
    {
        using var first = await host.SignedInAsync(PersonRole.Viewer, "twice@example.org");
        using var second = new Client(host.Web);
        await second.SignInAsync("twice@example.org", SafeHost.Password);
        Assert.NotEqual(first.Cookies["__Host-session"], second.Cookies["__Host-session"]);

        var stolen = first.Cookies["__Host-session"];
        Assert.Equal(HttpStatusCode.Redirect, (await first.PostAsync("/sign-out", "/sign-out")).Status);
        first.Cookies["__Host-session"] = stolen;
        Assert.True((await first.GetAsync("/account")).LeadsToSignIn);
        Assert.Equal(HttpStatusCode.OK, (await second.GetAsync("/account")).Status);
    }

    [Fact]
    [Trait("Fault", "S-31")]
    public async Task A_session_ends_for_want_of_use_and_after_half_a_day()
    {
        await using var own = await SafeHost.StartAsync();
        using var client = await own.SignedInAsync(PersonRole.Viewer);
        own.Time.Pass(TimeSpan.FromMinutes(31));
        await GoneAsync(client);

        using var busy = await own.SignedInAsync(PersonRole.Viewer);
        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromHours(11.5); passed += TimeSpan.FromMinutes(20))
        {
            Assert.Equal(HttpStatusCode.OK, (await busy.GetAsync("/account")).Status);
            own.Time.Pass(TimeSpan.FromMinutes(20));
        }

        own.Time.Pass(TimeSpan.FromMinutes(29));
        await GoneAsync(busy);
    }

    [Fact]
    [Trait("Fault", "S-24")]
    public async Task Passwords_are_hashed_slowly_and_may_be_long()
    {
        await using var scope = host.Services.CreateAsyncScope();
        var long64 = new string([.. Enumerable.Range(0, 80).Select(number => (char)('a' + (number * 7 % 26)))]);
        var added = await scope.ServiceProvider.GetRequiredService<Accounts>().AddAsync("long@example.org", PersonRole.Viewer, long64);
        Assert.True(added.Succeeded, added.Problem?.Detail);
        var hash = Convert.FromBase64String(added.Value.PasswordHash!);
        Assert.Equal(1, hash[0]);
        Assert.True(System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(5)) >= 600_000);

        using var client = new Client(host.Web);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.SignInAsync("long@example.org", long64[..79])).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await client.SignInAsync("long@example.org", long64)).Status);
    }

    [Theory]
    [Trait("Fault", "S-24")]
    [InlineData("password1234")]
    [InlineData("P@ssw0rd2026!!")]
    [InlineData("qwertyuiop12")]
    [InlineData("123456789012")]
    [InlineData("aaaaaaaaaaaaaaa")]
    [InlineData("mailmarketing1")]
    [InlineData("MarketingAdmin2026")]
    [InlineData("lovelace-2026!")]
    [InlineData("short one")]
    public void Passwords_that_are_guessed_first_are_refused(string password) =>
        Assert.NotNull(PasswordRules.Judge(password, "lovelace@example.org"));

    [Theory]
    [Trait("Fault", "S-24")]
    [InlineData("olive kettle harbour")]
    [InlineData("vR7#kq!2Lm0x")]
    [InlineData("ein langer Satz über Äpfel")]
    public void Good_passwords_are_taken(string password) => Assert.Null(PasswordRules.Judge(password, "lovelace@example.org"));

    [Fact]
    [Trait("Fault", "S-25")]
    public async Task Guessing_is_slowed_down_and_locks_nobody_out()
    {
        await using var own = await SafeHost.StartAsync();
        await own.AddAsync("victim@example.org", PersonRole.Viewer);
        using var client = new Client(own.Web);
        for (var guess = 0; guess < 5; guess++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.SignInAsync("victim@example.org", "a wrong guess")).Status);
        }

        var slow = await client.SignInAsync("victim@example.org", SafeHost.Password);
        Assert.Equal(HttpStatusCode.TooManyRequests, slow.Status);
        Assert.InRange(slow.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));

        // What is refused extends nothing, so that the owner gets in
        await client.SignInAsync("victim@example.org", "a wrong guess");
        own.Time.Pass(slow.Headers.RetryAfter!.Delta!.Value);
        Assert.Equal(HttpStatusCode.Redirect, (await client.SignInAsync("victim@example.org", SafeHost.Password)).Status);

        await using var scope = own.Services.CreateAsyncScope();
        var keys = await scope.ServiceProvider.GetRequiredService<PeopleDb>().Database
            .SqlQueryRaw<string>("SELECT \"Key\" AS \"Value\" FROM sign_in_throttles").ToListAsync(Stop);
        Assert.Single(keys);
        Assert.DoesNotContain("127.0.0.1", keys[0], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Fault", "S-27 S-28")]
    public async Task Who_is_disabled_is_out_at_once_by_every_path()
    {
        using var administrator = await host.SignedInAsync(PersonRole.Administrator, "boss@example.org");
        using var client = await host.SignedInAsync(PersonRole.Administrator, "leaver@example.org");
        var made = await client.PostAsync("/tokens", "/tokens", ("name", "x"), ("scope", "Viewer"), ("days", "3"));
        using var program = new Client(host.Web) { Bearer = System.Text.RegularExpressions.Regex.Match(made.Body, "mm_[A-Za-z0-9_-]+").Value };
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/v1/contacts")).Status);

        var id = await IdOfAsync("leaver@example.org");
        Assert.Equal(HttpStatusCode.Redirect, (await administrator.PostAsync("/people", $"/people/{id}/disable")).Status);
        await GoneAsync(client);
        await UntilAsync(async () => (await program.GetAsync("/api/v1/contacts")).Status == HttpStatusCode.Unauthorized);
        using var again = new Client(host.Web);
        Assert.Equal(HttpStatusCode.Unauthorized, (await again.SignInAsync("leaver@example.org", SafeHost.Password)).Status);
    }

    [Fact]
    [Trait("Fault", "S-27")]
    public async Task A_new_password_or_role_signs_the_other_browsers_out()
    {
        using var first = await host.SignedInAsync(PersonRole.Marketer, "changes@example.org");
        using var second = new Client(host.Web);
        await second.SignInAsync("changes@example.org", SafeHost.Password);
        const string next = "another kettle of harbours";
        Assert.Equal(HttpStatusCode.OK, (await first.PostAsync("/account", "/account/password", ("old", SafeHost.Password), ("password", next))).Status);
        await GoneAsync(second);
        Assert.Equal(HttpStatusCode.OK, (await first.GetAsync("/account")).Status);

        using var administrator = await host.SignedInAsync(PersonRole.Administrator);
        await administrator.PostAsync("/people", $"/people/{await IdOfAsync("changes@example.org")}/role", ("role", "Viewer"));
        await GoneAsync(first);
    }

    [Fact]
    [Trait("Fault", "S-30")]
    public async Task A_code_is_good_once_and_recovery_codes_are_too()
    {
        using var client = await host.SignedInAsync(PersonRole.Marketer, "codes@example.org");
        var key = await client.AuthenticatorKeyAsync();
        var code = Totp.CodeOf(key, host.Time.GetUtcNow());
        var on = await client.PostAsync("/account", "/account/two-factor", ("code", code));
        var recovery = System.Text.RegularExpressions.Regex.Matches(on.Body, "<code>([^<]+)</code>").Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(10, recovery.Count);

        // The same code again, though its time has not passed
        using var other = new Client(host.Web);
        var asked = await other.SignInAsync("codes@example.org", SafeHost.Password);
        Assert.Equal(HttpStatusCode.OK, asked.Status);
        Assert.DoesNotContain("__Host-session", other.Cookies.Keys);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AnswerAsync(other, asked, code)).Status);

        host.Time.Pass(TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.Redirect, (await AnswerAsync(other, asked, Totp.CodeOf(key, host.Time.GetUtcNow()))).Status);
        foreach (var expected in new[] { HttpStatusCode.Redirect, HttpStatusCode.Unauthorized })
        {
            using var lost = new Client(host.Web);
            Assert.Equal(expected, (await AnswerAsync(lost, await lost.SignInAsync("codes@example.org", SafeHost.Password), recovery[0])).Status);
        }

        static Task<Client.Reply> AnswerAsync(Client client, Client.Reply asked, string code) => client.PostAsync(
            "/sign-in/code", [("ticket", Client.Hidden(asked, "ticket")), ("code", code), ("__RequestVerificationToken", Client.TokenOf(asked))],
            ("Origin", client.Origin));
    }

    private async Task<long> IdOfAsync(string email)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<UserManager<Person>>().FindByEmailAsync(email))!.Id;
    }

    private static Task GoneAsync(Client client) => UntilAsync(async () => (await client.GetAsync("/account")).LeadsToSignIn);

    /// <summary>Within a second, and another one for a machine that is busy.</summary>
    private static async Task UntilAsync(Func<Task<bool>> isTrue)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        deadline.CancelAfter(TimeSpan.FromSeconds(2));
        while (!await isTrue())
        {
            await Task.Delay(50, deadline.Token);
        }
    }
}

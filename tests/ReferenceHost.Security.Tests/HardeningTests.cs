using System.Net;
using System.Text;
using ReferenceHost.People;

namespace ReferenceHost.Security.Tests;

public sealed class HardeningTests(SafeHost host) : IClassFixture<SafeHost>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Forms =>
    [
        "/sign-in", "/sign-in/code", "/sign-in/demo", "/sign-out", "/set-up", "/forgot-password", "/accept-invite", "/reset-password",
        "/account/password", "/account/two-factor", "/account/two-factor/off", "/account/sessions/end", "/people", "/people/1/role",
        "/people/1/disable", "/tokens", "/tokens/1/revoke",
    ];

    [Theory]
    [Trait("Fault", "S-20")]
    [MemberData(nameof(Forms))]
    public async Task A_form_of_another_site_is_refused(string path)
    {
        var client = await host.AdministratorAsync();
        var token = Client.TokenOf(await client.GetAsync("/account"));
        (string, string)[] form = [("__RequestVerificationToken", token)];
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync(path, [], ("Origin", client.Origin))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync(path, form)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync(path, form, ("Origin", "https://evil.example"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync(path, form, ("Origin", "null"))).Status);
        foreach (var site in new[] { "cross-site", "same-site", "none" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync(path, form, ("Origin", client.Origin), ("Sec-Fetch-Site", site))).Status);
        }
    }

    [Fact]
    [Trait("Fault", "S-20")]
    public async Task The_API_takes_a_cookie_from_its_own_pages_alone()
    {
        using var client = await host.SignedInAsync(PersonRole.Marketer);
        Assert.Equal(HttpStatusCode.Forbidden, (await AddAsync()).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await AddAsync(("Origin", "https://evil.example"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await AddAsync(("Sec-Fetch-Site", "cross-site"))).Status);
        Assert.Equal(HttpStatusCode.Created, (await AddAsync(("Sec-Fetch-Site", "same-origin"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.SendAsync(HttpMethod.Post, "/_blazor/negotiate", null, ("Origin", "https://evil.example"))).Status);

        Task<Client.Reply> AddAsync(params (string, string)[] headers) => client.SendAsync(
            HttpMethod.Post, "/api/v1/segments", new StringContent($$"""{"name":"{{Guid.NewGuid()}}"}""", Encoding.UTF8, "application/json"), headers);
    }

    [Fact]
    [Trait("Fault", "S-22")]
    public async Task No_other_site_may_read_an_answer()
    {
        using var client = new Client(host.Web);
        foreach (var origin in new[] { "https://evil.example", "null" })
        {
            var asked = await client.SendAsync(
                HttpMethod.Options, "/api/v1/contacts", null, ("Origin", origin), ("Access-Control-Request-Method", "GET"));
            Assert.False(asked.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    [Theory]
    [Trait("Fault", "S-23")]
    [InlineData("/")]
    [InlineData("/sign-in")]
    [InlineData("/nowhere")]
    [InlineData("/api/v1/contacts")]
    [InlineData("/api/v1/contacts/x")]
    [InlineData("/account.css")]
    [InlineData("/_content/MailMarketing.Dashboard/dashboard.js")]
    [InlineData("/m/u/wrong")]
    [InlineData("/health/ready")]
    [InlineData("/reset-password?person=1&token=x")]
    public async Task Every_answer_has_the_headers(string path)
    {
        using var nobody = new Client(host.Web);
        var person = await host.AdministratorAsync();
        foreach (var client in new[] { nobody, person })
        {
            var reply = await client.GetAsync(path);
            var policy = Assert.Single(reply.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
            Assert.DoesNotMatch("script-src[^;]*unsafe-inline", policy);
            Assert.Equal(["nosniff"], reply.Headers.GetValues("X-Content-Type-Options"));
            Assert.False(reply.Headers.Contains("Server"));
            var referrer = Assert.Single(reply.Headers.GetValues("Referrer-Policy"));
            Assert.Equal(path.Contains("token", StringComparison.Ordinal) || path.StartsWith("/m/", StringComparison.Ordinal) ? "no-referrer" : "same-origin", referrer);
            if (client == person && path is "/" or "/api/v1/contacts" or "/reset-password?person=1&token=x")
            {
                Assert.True(reply.Headers.CacheControl!.NoStore);
            }
        }
    }

    [Fact]
    [Trait("Fault", "S-23")]
    public async Task Cookies_are_for_this_host_and_not_for_scripts()
    {
        using var client = new Client(host.Web);
        await host.AddAsync("cookies@example.org", PersonRole.Viewer);
        var page = await client.GetAsync("/sign-in");
        var signedIn = await client.SignInAsync("cookies@example.org", SafeHost.Password);
        foreach (var cookie in page.Headers.GetValues("Set-Cookie").Concat(signedIn.Headers.GetValues("Set-Cookie")))
        {
            Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
            Assert.Matches("; path=/; secure; samesite=(lax|strict); httponly$", cookie);
        }
    }

    [Fact]
    [Trait("Fault", "S-23")]
    public async Task Hosts_behind_a_proxy_that_is_named_ask_for_https_for_a_year()
    {
        await using var own = await SafeHost.StartAsync(("Proxies", "10.0.0.1, 127.0.0.0/8"));
        using var client = new Client(own.Web);
        var reply = await client.SendAsync(
            HttpMethod.Get, "/sign-in", null, ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "203.0.113.9"), ("Host", "mail.example.org"));
        Assert.Equal(["max-age=31536000; includeSubDomains"], reply.Headers.GetValues("Strict-Transport-Security"));
    }

    [Fact]
    [Trait("Fault", "S-07")]
    public async Task Nobody_s_word_about_the_client_counts_unless_the_proxy_is_named()
    {
        using var client = new Client(host.Web);
        var reply = await client.SendAsync(HttpMethod.Get, "/sign-in", null, ("X-Forwarded-Proto", "https"), ("Host", "mail.example.org"));
        Assert.False(reply.Headers.Contains("Strict-Transport-Security"));
        Assert.Contains("open this host by https", reply.Body, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Fault", "S-60")]
    [InlineData("/appsettings.json")]
    [InlineData("/.git/config")]
    [InlineData("/.env")]
    [InlineData("/data/web.db")]
    [InlineData("/keys/web")]
    [InlineData("/metrics")]
    [InlineData("/swagger")]
    [InlineData("/openapi/v1.json")]
    public async Task Nothing_of_the_inside_is_reached_without_signing_in(string path)
    {
        using var client = new Client(host.Web);
        Assert.Contains((await client.GetAsync(path)).Status, new[] { HttpStatusCode.NotFound, HttpStatusCode.Unauthorized });
        var health = await client.GetAsync("/health/ready");
        Assert.DoesNotContain("checks", health.Body, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Fault", "S-19")]
    public async Task Errors_echo_nothing()
    {
        var client = await host.AdministratorAsync();
        foreach (var path in new[] { "/<script>alert(1)</script>", "/api/v1/contacts?limit=<script>", "/api/v1/suppressions/<script>", "/sign-in?returnUrl=\"><script>" })
        {
            var reply = await client.GetAsync(path);
            Assert.DoesNotContain("<script>", reply.Body.Replace("<script src=\"/_content", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", reply.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("Fault", "S-56")]
    public async Task Bodies_and_headers_have_an_end()
    {
        var client = await host.AdministratorAsync();
        var large = new string('x', 70_000);
        var form = await client.PostAsync("/sign-in", [("email", large)], ("Origin", client.Origin));
        Assert.Contains(form.Status, new[] { HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.BadRequest });
        var headers = await client.SendAsync(HttpMethod.Get, "/sign-in", null, ("X-Large", new string('x', 40_000)));
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, headers.Status);
    }

    [Fact]
    [Trait("Fault", "S-55")]
    public async Task Each_client_has_a_limit_of_its_own()
    {
        await using var own = await SafeHost.StartAsync(("Limits:ApiPerMinute", "20"), ("Limits:SignInPerMinute", "5"));
        var maker = await own.AddAsync("limits@example.org", PersonRole.Administrator);
        var tokens = own.Services.GetRequiredService<Tokens.ApiTokens>();
        using var greedy = new Client(own.Web) { Bearer = await tokens.AddAsync("x", PersonRole.Viewer, TimeSpan.FromDays(1), maker.Id, Stop) };
        using var modest = new Client(own.Web) { Bearer = await tokens.AddAsync("y", PersonRole.Viewer, TimeSpan.FromDays(1), maker.Id, Stop) };
        var replies = new List<Client.Reply>();
        for (var call = 0; call < 25; call++)
        {
            replies.Add(await greedy.GetAsync("/api/v1/contacts"));
        }

        Assert.Equal(20, replies.Count(reply => reply.Status == HttpStatusCode.OK));
        Assert.All(replies.Skip(20), reply => Assert.Equal((HttpStatusCode.TooManyRequests, true), (reply.Status, reply.Headers.RetryAfter is not null)));
        Assert.Equal(HttpStatusCode.OK, (await modest.GetAsync("/api/v1/contacts")).Status);

        using var guest = new Client(own.Web);
        var signIns = new List<HttpStatusCode>();
        for (var call = 0; call < 6; call++)
        {
            signIns.Add((await guest.PostAsync("/sign-in", "/sign-in", ("email", $"{call}@example.org"))).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, signIns[^1]);
        Assert.Equal(5, signIns.Count(status => status == HttpStatusCode.Unauthorized));
    }

    [Fact]
    [Trait("Fault", "S-11")]
    public async Task The_database_holds_no_secret()
    {
        await using var own = await SafeHost.StartAsync();
        using var client = await own.SignedInAsync(PersonRole.Administrator);
        var made = await client.PostAsync("/tokens", "/tokens", ("name", "x"), ("scope", "Viewer"), ("days", "3"));
        var key = await client.AuthenticatorKeyAsync();
        var codes = await client.PostAsync("/account", "/account/two-factor", ("code", Totp.CodeOf(key, own.Time.GetUtcNow())));
        string[] secrets =
        [
            SafeHost.Password, key, System.Text.RegularExpressions.Regex.Match(made.Body, "mm_[A-Za-z0-9_-]+").Value, client.Cookies["__Host-session"],
            System.Text.RegularExpressions.Regex.Match(codes.Body, "<code>([^<]+)</code>").Groups[1].Value,
        ];
        Assert.All(secrets, secret => Assert.True(secret.Length >= 10));
        foreach (var file in Directory.EnumerateFiles(own.Folder, "*.db*", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy, Stop);
            var text = Encoding.Latin1.GetString(copy.ToArray());
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        }
    }
}

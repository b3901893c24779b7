using System.Net;
using System.Text.RegularExpressions;
using ReferenceHost.People;
using ReferenceHost.Tokens;

namespace ReferenceHost.Security.Tests;

[Trait("Fault", "S-29")]
public sealed partial class TokenTests(SafeHost host) : IClassFixture<SafeHost>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_is_shown_once_and_ends_when_it_is_revoked()
    {
        using var administrator = await host.SignedInAsync(PersonRole.Administrator);
        var made = await administrator.PostAsync("/tokens", "/tokens", ("name", "Shop"), ("scope", "Marketer"), ("days", "30"));
        var token = Token().Match(made.Body).Value;
        Assert.True(Convert.FromHexString(Secrets.Hash(token)).Length == 32 && token.Length >= 3 + 43 + 8);
        var page = await administrator.GetAsync("/tokens");
        Assert.DoesNotContain(token, page.Body, StringComparison.Ordinal);

        using var program = new Client(host.Web) { Bearer = token };
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/v1/contacts")).Status);
        Assert.DoesNotContain("Never", (await administrator.GetAsync("/tokens")).Body, StringComparison.Ordinal);
        await administrator.PostAsync("/tokens", Revoke().Match(page.Body).Groups[1].Value);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        deadline.CancelAfter(TimeSpan.FromSeconds(2));
        while ((await program.GetAsync("/api/v1/contacts")).Status != HttpStatusCode.Unauthorized)
        {
            await Task.Delay(50, deadline.Token);
        }
    }

    [Fact]
    public async Task A_token_counts_in_the_header_alone_until_it_expires()
    {
        var maker = await host.AddAsync("tokens@example.org", PersonRole.Administrator);
        var tokens = host.Services.GetRequiredService<ApiTokens>();
        var token = await tokens.AddAsync("x", PersonRole.Viewer, TimeSpan.FromDays(1), maker.Id, Stop);
        using var nobody = new Client(host.Web);
        foreach (var name in new[] { "access_token", "token", "api_key", "Authorization" })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync($"/api/v1/contacts?{name}={token}")).Status);
        }

        Assert.NotNull(await tokens.FindAsync(token, Stop));
        Assert.Null(await tokens.FindAsync(token[..^1] + (token[^1] == '0' ? '1' : '0'), Stop));
        await using var own = await SafeHost.StartAsync();
        var later = await own.AddAsync("later@example.org", PersonRole.Administrator);
        var others = own.Services.GetRequiredService<ApiTokens>();
        var expiring = await others.AddAsync("x", PersonRole.Viewer, TimeSpan.FromDays(1), later.Id, Stop);
        own.Time.Pass(TimeSpan.FromDays(1.1));
        Assert.Null(await others.FindAsync(expiring, Stop));
    }

    [Fact]
    public void Tokens_are_random_and_carry_a_checksum()
    {
        var many = Enumerable.Range(0, 100).Select(_ => TokenText.New()).ToHashSet();
        Assert.Equal(100, many.Count);
        Assert.All(many, token => Assert.True(TokenText.IsOne(token)));
        Assert.False(TokenText.IsOne("mm_"));
        Assert.False(TokenText.IsOne("mm_12345678"));
    }

    [GeneratedRegex("mm_[A-Za-z0-9_-]{51}")]
    private static partial Regex Token();

    [GeneratedRegex("action=\"(/tokens/[0-9]+/revoke)\"(?:(?!action=).)*aria-label=\"Revoke Shop\"", RegexOptions.Singleline)]
    private static partial Regex Revoke();
}

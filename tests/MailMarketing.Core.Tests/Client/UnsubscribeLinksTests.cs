using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace MailMarketing.Core.Tests.Client;

public class UnsubscribeLinksTests
{
    private static readonly Uri Public = new("https://mail.example.org/news/");
    private readonly FakeKeyRing _ring = new();
    private readonly UnsubscribeLinks _links;

    public UnsubscribeLinksTests() => _links = Links(_ring);

    private static DateTimeOffset Frozen { get; } = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void A_link_reads_back_as_what_it_was_made_of()
    {
        var link = new Uri(_links.For(Public, 42, long.MaxValue, Frozen));

        Assert.StartsWith("https://mail.example.org/news/m/u/", link.AbsoluteUri, StringComparison.Ordinal);
        var token = link.Segments[^1];
        Assert.Matches("^[A-Za-z0-9_-]{64}$", token);
        Assert.True(_links.TryRead(token, out var delivery, out var contact));
        Assert.Equal((42, long.MaxValue), (delivery, contact));
    }

    [Fact]
    public void No_changed_character_makes_another_valid_token()
    {
        var token = _links.TokenFor(1, 2, Frozen);
        for (var i = 0; i < token.Length; i++)
        {
            var changed = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            Assert.False(_links.TryRead(changed, out _, out _), $"character {i}");
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("../../etc")]
    [InlineData("%00")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_we_did_not_make_is_refused(string? token) => Assert.False(_links.TryRead(token, out _, out _));

    [Fact]
    public void A_token_of_another_key_ring_is_refused() =>
        Assert.False(_links.TryRead(Links(new FakeKeyRing()).TokenFor(1, 2, Frozen), out _, out _));

    [Fact]
    public void A_token_longer_than_any_of_ours_is_refused() => Assert.False(_links.TryRead(new string('A', 100_000), out _, out _));

    [Fact]
    public void The_same_delivery_gets_the_same_link_at_every_attempt_and_at_every_node()
    {
        var first = _links.TokenFor(1, 2, Frozen);
        _ring.CreateNewKey(Frozen.AddDays(1), Frozen.AddDays(90));
        Assert.Equal(first, _links.TokenFor(1, 2, Frozen));
        Assert.Equal(first, Links(_ring).TokenFor(1, 2, Frozen));
        Assert.NotEqual(first, Links(_ring).TokenFor(1, 2, Frozen.AddDays(2)));
        Assert.NotEqual(first, _links.TokenFor(1, 3, Frozen));
    }

    [Fact]
    public void A_link_works_after_its_key_expired_and_not_after_it_was_revoked()
    {
        var token = _links.TokenFor(1, 2, Frozen);
        _ring.CreateNewKey(Frozen.AddDays(80), Frozen.AddDays(170));
        Assert.True(Links(_ring).TryRead(token, out _, out _));
        _ring.RevokeAllKeys(Frozen.AddDays(200));
        Assert.False(Links(_ring).TryRead(token, out _, out _));
    }

    [Fact]
    public async Task Unsubscribing_by_token_works_again_and_again_and_after_the_contact_is_gone()
    {
        await using var harness = new ClientHarness();
        var stop = TestContext.Current.CancellationToken;
        var contact = (await harness.Client.Contacts.AddAsync(new() { Email = "a@example.org" }, stop)).OrThrow();
        var token = harness.Get<UnsubscribeLinks>().TokenFor(9, contact.Id, Frozen);

        Assert.True(await harness.Client.UnsubscribeByTokenAsync(token, stop));
        Assert.True(await harness.Client.UnsubscribeByTokenAsync(token, stop));
        Assert.Equal(ConsentStatus.Unsubscribed, Assert.Single(harness.Stores.Contacts).Status);
        Assert.True(await harness.Client.Contacts.DeleteAsync(contact.Id, stop));
        Assert.True(await harness.Client.UnsubscribeByTokenAsync(token, stop));
        Assert.False(await harness.Client.UnsubscribeByTokenAsync("nonsense", stop));
    }

    private static UnsubscribeLinks Links(IKeyManager ring) => new(new LinkKeys(ring, TimeProvider.System));
}

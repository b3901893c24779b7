using Microsoft.AspNetCore.DataProtection;

namespace MailMarketing.Core.Tests.Client;

public class UnsubscribeLinksTests
{
    private static readonly Uri Public = new("https://mail.example.org/news/");
    private readonly UnsubscribeLinks _links = new(new EphemeralDataProtectionProvider());

    [Fact]
    public void A_link_reads_back_as_what_it_was_made_of()
    {
        var link = _links.For(Public, 42, long.MaxValue);

        Assert.StartsWith("https://mail.example.org/news/m/u/", link.AbsoluteUri, StringComparison.Ordinal);
        var token = link.Segments[^1];
        Assert.Matches("^[A-Za-z0-9_-]{40,300}$", token);
        Assert.True(_links.TryRead(token, out var delivery, out var contact));
        Assert.Equal((42, long.MaxValue), (delivery, contact));
    }

    [Fact]
    public void No_changed_character_makes_another_valid_token()
    {
        var token = _links.TokenFor(1, 2);
        for (var i = 0; i < token.Length - 1; i++)
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
        Assert.False(_links.TryRead(new UnsubscribeLinks(new EphemeralDataProtectionProvider()).TokenFor(1, 2), out _, out _));

    [Fact]
    public void A_token_longer_than_any_of_ours_is_refused() => Assert.False(_links.TryRead(new string('A', 100_000), out _, out _));

    [Fact]
    public async Task Unsubscribing_by_token_works_again_and_again_and_after_the_contact_is_gone()
    {
        await using var harness = new ClientHarness();
        var stop = TestContext.Current.CancellationToken;
        var contact = (await harness.Client.Contacts.AddAsync(new() { Email = "a@example.org" }, stop)).OrThrow();
        var token = harness.Get<UnsubscribeLinks>().TokenFor(9, contact.Id);

        Assert.True(await harness.Client.UnsubscribeByTokenAsync(token, stop));
        Assert.True(await harness.Client.UnsubscribeByTokenAsync(token, stop));
        Assert.Equal(ConsentStatus.Unsubscribed, Assert.Single(harness.Stores.Contacts).Status);
        Assert.True(await harness.Client.Contacts.DeleteAsync(contact.Id, stop));
        Assert.True(await harness.Client.UnsubscribeByTokenAsync(token, stop));
        Assert.False(await harness.Client.UnsubscribeByTokenAsync("nonsense", stop));
    }
}

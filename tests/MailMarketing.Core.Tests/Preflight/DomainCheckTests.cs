using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace MailMarketing.Core.Tests.Preflight;

/// <summary>What a domain says in DNS about its mail.</summary>
public sealed class DomainCheckTests
{
    private readonly FakeDomainRecords _records = new();
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_domain_with_everything_is_well()
    {
        _records.Texts["news.example.org"] = ["google-site-verification=1", "v=spf1 include:gateway.example -all"];
        _records.Texts["s1._domainkey.news.example.org"] = ["v=DKIM1; k=rsa; p=MIGf"];
        _records.Texts["_dmarc.example.org"] = ["v=DMARC1; p=reject"];
        var items = await LookAsync("s1");
        Assert.Equal(["spf", "dkim", "dmarc"], items.Select(item => item.Code));
        Assert.All(items, item => Assert.Equal(PreflightLevel.Ok, item.Level));
        Assert.Equal("example.org has a DMARC policy", items[2].Title);
    }

    [Theory]
    [InlineData(new string[0], "news.example.org has no SPF record")]
    [InlineData(new[] { "v=spf10 all" }, "news.example.org has no SPF record")]
    [InlineData(new[] { "v=spf1 -all", "v=spf1 ~all" }, "news.example.org has more than one SPF record")]
    public async Task A_domain_without_one_SPF_record_is_a_warning(string[] records, string title)
    {
        _records.Texts["news.example.org"] = records;
        AssertWarning((await LookAsync())[0], title);
    }

    [Theory]
    [InlineData(null, "s1", "There is no DKIM key at s1._domainkey.news.example.org")]
    [InlineData("v=DKIM1; p=", "s1", "There is no DKIM key at s1._domainkey.news.example.org")]
    [InlineData("hello", "s1", "There is no DKIM key at s1._domainkey.news.example.org")]
    [InlineData("v=DKIM1; p=MIGf", null, "DKIM was not looked at")]
    public async Task A_key_that_is_not_there_or_not_known_is_a_warning(string? record, string? selector, string title)
    {
        _records.Texts["s1._domainkey.news.example.org"] = record is null ? [] : [record];
        AssertWarning((await LookAsync(selector))[1], title);
    }

    [Fact]
    public async Task A_domain_without_a_policy_is_a_warning() =>
        AssertWarning((await LookAsync())[2], "news.example.org has no DMARC policy");

    [Fact]
    public async Task Name_servers_that_are_away_are_told_as_such()
    {
        _records.Away = "Connection refused.";
        var items = await LookAsync("s1");
        Assert.All(items, item => Assert.EndsWith("could not be looked up", item.Title, StringComparison.Ordinal));
        Assert.All(items, item => Assert.Equal((PreflightLevel.Warning, "DNS could not be reached: Connection refused."), (item.Level, item.Detail)));
    }

    [Fact]
    public async Task Name_servers_that_never_answer_are_given_up_after_3_seconds()
    {
        _records.Silent = true;
        var looking = LookAsync("s1");
        _time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(looking.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.All(await looking, item => Assert.Equal("DNS could not be reached: no answer in 3 seconds.", item.Detail));
    }

    private static void AssertWarning(PreflightItem item, string title)
    {
        Assert.Equal((PreflightLevel.Warning, title), (item.Level, item.Title));
        Assert.NotNull(item.Remedy);
    }

    private Task<IReadOnlyList<PreflightItem>> LookAsync(string? selector = null) => new DomainCheck(
        _records, Options.Create(new MailMarketingOptions { DkimSelector = selector }), _time).LookAsync("shop@news.example.org", Stop);
}

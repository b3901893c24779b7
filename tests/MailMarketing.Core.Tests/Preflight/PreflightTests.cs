using System.Text;
using MailMarketing.Core.Tests.Planning;

namespace MailMarketing.Core.Tests.Preflight;

/// <summary>Campaigns on real storage and with real templates, before they start.</summary>
public sealed class PreflightTests : IAsyncDisposable
{
    private readonly FakeDomainRecords _records = new();
    private readonly SqliteClient _sqlite;

    public PreflightTests()
    {
        _records.Texts["example.org"] = ["v=spf1 -all"];
        _records.Texts["_dmarc.example.org"] = ["v=DMARC1; p=none"];
        _sqlite = new(_records);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private MailMarketingClient Client => _sqlite.Client;

    [Fact]
    public async Task A_campaign_is_looked_at_from_end_to_end_and_nothing_is_changed()
    {
        await _sqlite.ReadyAsync(Stop);
        var (campaign, people) = await _sqlite.DraftAsync(3, Stop);
        await Client.Contacts.UnsubscribeAsync(people[0].Id, Stop);

        var found = (await Client.Campaigns.PreflightAsync(campaign.Id, Stop)).OrThrow();

        Assert.Equal(["recipients", "names", "subject", "text", "unsubscribe", "size", "spf", "dkim", "dmarc"], found.Items.Select(item => item.Code));
        Assert.Equal(["dkim"], found.Items.Where(item => item.Level != PreflightLevel.Ok).Select(item => item.Code));
        Assert.Equal((PreflightLevel.Warning, "It reaches 2 people"), (found.Level, found.Items[0].Title));
        var after = (await Client.Campaigns.GetAsync(campaign.Id, Stop))!;
        Assert.Equal((CampaignState.Draft, campaign.Revision, null), (after.State, after.Revision, after.DryRun));
    }

    [Fact]
    public async Task Everybody_is_rendered_and_who_lacks_a_name_is_found_among_many()
    {
        await _sqlite.ReadyAsync(Stop);
        var (campaign, people) = await _sqlite.DraftAsync(1, Stop);
        var csv = "email,city\n" + string.Concat(Enumerable.Range(0, 1500).Select(n => $"many{n}@example.org,{(n == 1234 ? "" : "Rome")}\n"));
        await Client.Contacts.ImportAsync(new MemoryStream(Encoding.UTF8.GetBytes(csv)), campaign.Draft.SegmentIds[0], Stop);
        var html = "<p>{{ attributes.city }}</p><a href='#'>x</a><img src='a.png'>";
        var template = (await Client.Templates.AddAsync("city", new() { Subject = "Hi", Html = html }, Stop)).OrThrow();
        await Client.Campaigns.UpdateAsync(campaign.Id, campaign.Draft with { TemplateId = template.Id }, Stop);

        var found = (await Client.Campaigns.PreflightAsync(campaign.Id, Stop)).OrThrow();

        var bad = found.Items.Where(item => item.Level != PreflightLevel.Ok).ToDictionary(item => item.Code);
        Assert.Equal(["names", "unsubscribe", "links", "images-alt", "images-text", "dkim"], bad.Keys);
        Assert.Equal("2 people would get no email", bad["names"].Title);
        Assert.Contains($"{people[0].Email}: ", bad["names"].Detail, StringComparison.Ordinal);
        Assert.Contains("many1234@example.org: ", bad["names"].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_keeps_it_from_starting_is_the_one_item()
    {
        var (campaign, _) = await _sqlite.DraftAsync(1, Stop);
        var found = (await Client.Campaigns.PreflightAsync(campaign.Id, Stop)).OrThrow();
        var item = Assert.Single(found.Items);
        Assert.Equal(("start", PreflightLevel.Error), (item.Code, item.Level));
        Assert.Contains("No From address", item.Detail, StringComparison.Ordinal);
        Assert.Equal(ProblemKind.NotFound, (await Client.Campaigns.PreflightAsync(999, Stop)).Problem!.Kind);
        await _sqlite.ReadyAsync(Stop);
        (await Client.Campaigns.StartAsync(campaign.Id, Stop)).OrThrow();
        Assert.Equal(ProblemKind.Conflict, (await Client.Campaigns.PreflightAsync(campaign.Id, Stop)).Problem!.Kind);
    }

    public ValueTask DisposeAsync() => _sqlite.DisposeAsync();
}

namespace MailMarketing.Core.Tests.Client;

public sealed class ContactSourceTests : IAsyncDisposable
{
    private readonly ClientHarness _harness = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CampaignsClient Campaigns => _harness.Client.Campaigns;

    [Fact]
    public async Task Starting_gives_the_sources_people_as_contacts_and_the_invalid_ones_as_nothing()
    {
        _harness.Members.People.AddRange([new() { Email = " Ada@Example.org ", Name = " Ada " }, new() { Email = "nobody" }, null!]);
        _harness.Members.People.Add(new() { Email = "bob@example.org", LastName = "a\nb" });
        var campaign = await SourcedAsync();

        (await Campaigns.StartAsync(campaign.Id, Stop)).OrThrow();

        Assert.Equal(4, _harness.Stores.Given!.Count);
        var ada = Assert.Single(_harness.Stores.Given, person => person is not null)!;
        Assert.Equal(("Ada@Example.org", "Ada"), (ada.Email, ada.Name));
        Assert.Equal((1, 0), (_harness.Members.Opened, _harness.Members.Open));
    }

    [Fact]
    public async Task A_campaign_without_a_source_reads_none()
    {
        (await Campaigns.StartAsync((await _harness.ReadyCampaignAsync()).Id, Stop)).OrThrow();

        Assert.Null(_harness.Stores.Given);
        Assert.Equal(0, _harness.Members.Opened);
    }

    [Fact]
    public async Task A_source_that_fails_is_named_and_starts_nothing()
    {
        _harness.Members.Fails = new TimeoutException("The database is away.");
        var campaign = await SourcedAsync();

        var refused = await Campaigns.StartAsync(campaign.Id, Stop);
        var failure = await Assert.ThrowsAnyAsync<MailMarketingException>(() => Campaigns.CountAudienceAsync(campaign.Draft, Stop));

        Assert.Equal(ProblemKind.Unavailable, refused.Problem!.Kind);
        Assert.Equal("Contact source members failed and nothing was changed: The database is away.", refused.Problem.Detail);
        Assert.Equal(refused.Problem.Detail, failure.Message);
        Assert.Same(_harness.Members.Fails, failure.InnerException);
        Assert.Null(_harness.Stores.Started);
        Assert.Equal(0, _harness.Members.Open);
    }

    [Fact]
    public async Task A_cancelled_reading_is_no_failure_of_the_source()
    {
        _harness.Members.Fails = new OperationCanceledException();
        var campaign = await SourcedAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => Campaigns.StartAsync(campaign.Id, Stop));
    }

    [Theory]
    [InlineData("nobody", "There is no contact source nobody; the sources are: members, staff.")]
    [InlineData("MEMBERS", "There is no contact source MEMBERS; the sources are: members, staff.")]
    [InlineData(" ", "The source is required.")]
    public async Task A_draft_with_an_unknown_source_is_refused_and_the_known_ones_told(string source, string message)
    {
        var draft = new CampaignDraft { Name = "May", TemplateId = 1, Source = source };

        Assert.Equal([message], (await Campaigns.AddAsync(draft, Stop)).Problem!.Errors["source"]);
        Assert.Equal([message], (await Campaigns.UpdateAsync(1, draft, Stop)).Problem!.Errors["source"]);
    }

    [Fact]
    public async Task A_source_that_is_registered_no_more_is_a_conflict()
    {
        var campaign = await SourcedAsync();
        await ((ICampaignStore)_harness.Stores).UpdateAsync(campaign.Id, campaign.Draft with { Source = "former" }, Stop);

        var refused = await Campaigns.StartAsync(campaign.Id, Stop);

        Assert.Equal((ProblemKind.Conflict, true), (refused.Problem!.Kind, refused.Problem.Detail.Contains("former", StringComparison.Ordinal)));
        Assert.Null(_harness.Stores.Started);
    }

    [Fact]
    public async Task Counting_reads_the_source_anew()
    {
        _harness.Members.People.Add(new() { Email = "ada@example.org" });
        var draft = (await SourcedAsync()).Draft;

        Assert.Equal(1, await Campaigns.CountAudienceAsync(draft, Stop));
        _harness.Members.People.Add(new() { Email = "bob@example.org" });
        Assert.Equal(2, await Campaigns.CountAudienceAsync(draft, Stop));
        Assert.Equal((2, 0), (_harness.Members.Opened, _harness.Members.Open));
        await Assert.ThrowsAsync<ArgumentException>(() => Campaigns.CountAudienceAsync(draft with { Source = "nobody" }, Stop));
    }

    [Fact]
    public void Adding_a_source_twice_changes_nothing()
    {
        var services = new Microsoft.Extensions.DependencyInjection.ServiceCollection();
        var builder = new MailMarketingBuilder(services);
        builder.AddContactSource<FakeMemberSource>("members");
        var once = services.Count;

        builder.AddContactSource<FakeMemberSource>("members");

        Assert.Equal(once, services.Count);
        Assert.Throws<ArgumentException>(() => builder.AddContactSource<FakeMemberSource>(" "));
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private async Task<Campaign> SourcedAsync()
    {
        var campaign = await _harness.ReadyCampaignAsync();
        return (await Campaigns.UpdateAsync(campaign.Id, campaign.Draft with { Source = "members" }, Stop)).OrThrow();
    }
}

using System.Text.Json;
using static MailMarketing.StorageCases.StoreFixture;

namespace MailMarketing.StorageCases;

public abstract class ContactSourceCases : IDisposable
{
    private readonly StoreFixture _store;

    protected ContactSourceCases(StoreFixture store) => _store = store;

    public void Dispose()
    {
        _store.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_source_joins_the_segments_and_each_address_counts_once()
    {
        var draft = await SourcedAsync(await _store.SeedSegmentAsync(2));
        ContactData?[] people = [Person("P2@example.org"), Person("new@example.org"), null, Person("New@Example.org"), Person("last@example.org")];

        Assert.Equal(4, await _store.Campaigns.CountAudienceAsync(draft.Draft, people.ToAsyncEnumerable(), Stop));
        Assert.Equal(2, (await PeopleAsync()).Count);
        var campaign = (await _store.Campaigns.StartAsync(draft.Id, Content, people.ToAsyncEnumerable(), Stop)).OrThrow();

        Assert.Equal((4, 4), (campaign.Counts.Planned, campaign.Counts.Pending));
        Assert.Equal(new SourceCounts(Added: 2, Updated: 1, Unchanged: 0, Duplicates: 1, Refused: 1), campaign.SourceCounts);
        Assert.Equal(campaign.SourceCounts, (await _store.CampaignAsync(draft.Id)).SourceCounts);
        Assert.Equal(["p1@example.org", "P2@example.org", "New@Example.org", "last@example.org"], (await PeopleAsync()).Select(person => person.Email));
        Assert.Equal(4, (await _store.ClaimAsync())!.Jobs.Select(job => job.Fields["email"]).Distinct().Count());
    }

    [Fact]
    public async Task A_source_updates_what_it_says_and_keeps_the_rest()
    {
        var old = new ContactData { Email = "ada@example.org", Name = "Ada", Attributes = Facts("""{"city":"Rome","tags":{"a":1},"n":12345678901234567890}""") };
        await _store.Contacts.UpsertAsync([old, Person("bob@example.org")], null, Stop);
        var said = new ContactData { Email = "ada@example.org", LastName = "Äble", Attributes = Facts("""{"tags":{"b":2},"city":null}""") };

        var campaign = await StartAsync([said, Person("bob@example.org")]);

        Assert.Equal(new SourceCounts(Added: 0, Updated: 1, Unchanged: 1, Duplicates: 0, Refused: 0), campaign.SourceCounts);
        var ada = Assert.Single((await _store.Contacts.ListAsync(new ContactQuery { Search = "äBLE" }, Stop)).Items);
        Assert.Equal(("Ada", "Äble"), (ada.Name, ada.LastName));
        Assert.True(
            JsonElement.DeepEquals(
                JsonSerializer.SerializeToElement(Facts("""{"city":null,"tags":{"b":2},"n":12345678901234567890}""")),
                JsonSerializer.SerializeToElement(ada.Attributes)),
            JsonSerializer.Serialize(ada.Attributes));
    }

    [Fact]
    public async Task A_source_mails_nobody_who_is_excluded_suppressed_or_unsubscribed()
    {
        var without = await _store.SeedSegmentAsync(1, "Without");
        var gone = (await _store.Contacts.AddAsync(Person("gone@example.org"), Stop)).OrThrow();
        await _store.Contacts.SetConsentAsync(gone.Id, ConsentStatus.Unsubscribed, Stop);
        await _store.Suppressions.AddAsync(EmailAddress.Parse("bounced@example.org"), "bounced", Stop);
        ContactData?[] people =
            [Person("p1@example.org"), Person("gone@example.org"), Person("bounced@example.org"), Person("fine@example.org")];
        var draft = await SourcedAsync(null, without);

        Assert.Equal(3, await _store.Campaigns.CountAudienceAsync(draft.Draft, people.ToAsyncEnumerable(), Stop));
        var campaign = (await _store.Campaigns.StartAsync(draft.Id, Content, people.ToAsyncEnumerable(), Stop)).OrThrow();

        Assert.Equal((3, 1, 2), (campaign.Counts.Planned, campaign.Counts.Pending, campaign.Counts.Suppressed));
        Assert.Equal("fine@example.org", Assert.Single((await _store.ClaimAsync())!.Jobs).Fields["email"]);
        Assert.Equal(ConsentStatus.Unsubscribed, (await _store.Contacts.GetAsync(gone.Id, Stop))!.Status);
    }

    [Fact]
    public async Task A_source_that_fails_midway_changes_nothing()
    {
        await _store.Contacts.AddAsync(Person("p1@example.org"), Stop);
        var draft = await SourcedAsync(null);

        await Assert.ThrowsAsync<TimeoutException>(() => _store.Campaigns.StartAsync(draft.Id, Content, FailingAsync(2500), Stop));

        var after = await _store.CampaignAsync(draft.Id);
        Assert.Equal((CampaignState.Draft, 0, null), (after.State, after.Counts.Planned, after.SourceCounts));
        Assert.Null(Assert.Single(await PeopleAsync()).Name);
        Assert.Null(await _store.ClaimAsync());
        Assert.Equal(1, (await StartAsync([Person("only@example.org")])).Counts.Planned);
    }

    [Fact]
    public async Task A_start_that_is_refused_leaves_the_sources_people_alone()
    {
        var without = await _store.SeedSegmentAsync(1, "Without");
        var nobody = await SourcedAsync(null, without);
        var running = await _store.RunningAsync(1);
        var people = new ContactData?[] { Person("P1@example.org", "Changed") }.ToAsyncEnumerable();

        Assert.Equal(ProblemKind.Conflict, (await _store.Campaigns.StartAsync(nobody.Id, Content, people, Stop)).Problem?.Kind);
        Assert.Equal(ProblemKind.Conflict, (await _store.Campaigns.StartAsync(running.Id, Content, people, Stop)).Problem?.Kind);
        Assert.Equal(ProblemKind.NotFound, (await _store.Campaigns.StartAsync(999, Content, people, Stop)).Problem?.Kind);

        Assert.Equal("p1@example.org", Assert.Single(await PeopleAsync()).Email);
    }

    [Fact]
    public async Task Of_starts_at_the_same_time_one_plans()
    {
        var draft = await SourcedAsync(null);

        var starts = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => Task.Run(() => _store.Campaigns.StartAsync(
            draft.Id, Content, Enumerable.Range(0, 50).Select(i => (ContactData?)Person($"{n}-{i}@example.org")).ToAsyncEnumerable(), Stop))));

        Assert.Single(starts, start => start.Succeeded);
        Assert.Equal(50, (await _store.CampaignAsync(draft.Id)).Counts.Planned);
        Assert.Equal(50, (await PeopleAsync()).Count);
    }

    private static ContactData Person(string email, string? name = null) => new() { Email = email, Name = name };

    private static Dictionary<string, JsonElement> Facts(string json) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;

    private static async IAsyncEnumerable<ContactData?> FailingAsync(int after)
    {
        for (var n = 1; n <= after; n++)
        {
            yield return Person($"p{n}@example.org", "Changed");
        }

        await Task.Yield();
        throw new TimeoutException("The members' database is away.");
    }

    private async Task<Campaign> SourcedAsync(long? segment, params long[] without)
    {
        var draft = await _store.DraftAsync(segment ?? (await _store.Segments.AddAsync($"{Guid.NewGuid()}", Stop)).OrThrow().Id);
        return (await _store.Campaigns.UpdateAsync(draft.Id, draft.Draft with { Source = "members", ExcludeSegmentIds = without }, Stop)).OrThrow();
    }

    private async Task<Campaign> StartAsync(IReadOnlyList<ContactData?> people) =>
        (await _store.Campaigns.StartAsync((await SourcedAsync(null)).Id, Content, people.ToAsyncEnumerable(), Stop)).OrThrow();

    private async Task<IReadOnlyList<Contact>> PeopleAsync() => (await _store.Contacts.ListAsync(new ContactQuery { Limit = 1000 }, Stop)).Items;
}

using System.Text.Json;
using static MailMarketing.StorageCases.StoreFixture;

namespace MailMarketing.StorageCases;

/// <summary>Audiences read one by one, starts held to a number, opt-outs that data bring, and whether all adds up.</summary>
public abstract class AudienceCases : IDisposable
{
    private readonly StoreFixture _store;

    protected AudienceCases(StoreFixture store) => _store = store;

    protected IServiceProvider Services => _store.Services;

    public void Dispose()
    {
        _store.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_audience_is_read_by_contact_with_who_gets_nothing_and_changes_nothing()
    {
        var segment = await _store.SeedSegmentAsync(4500);
        var without = await _store.SeedSegmentAsync(1, "Without");
        var people = (await _store.Contacts.ListAsync(new ContactQuery { Limit = 3 }, Stop)).Items;
        await _store.Contacts.SetConsentAsync(people[1].Id, ConsentStatus.Unsubscribed, Stop);
        await _store.Suppressions.AddAsync(EmailAddress.Parse(people[2].Email), "bounced", Stop);
        var draft = (await _store.DraftAsync(segment)).Draft with { ExcludeSegmentIds = [without] };

        var audience = await _store.Campaigns.ReadAudienceAsync(draft, null, Stop).ToListAsync(Stop);

        Assert.Equal(4499, audience.Count);
        Assert.Equal(audience.Select(member => member.Contact.Id).Order(), audience.Select(member => member.Contact.Id));
        Assert.Equal(
            ["The contact does not want campaigns.", "The address is suppressed.", null], audience.Take(3).Select(member => member.Withheld));
        Assert.Equal(("p2@example.org", "Person 2"), (audience[0].Contact.Email, audience[0].Contact.Name));
        Assert.Equal(4500, await _store.Contacts.CountAsync(Stop));
    }

    [Fact]
    public async Task People_of_a_source_are_read_as_the_start_would_find_them()
    {
        var segment = await _store.SeedSegmentAsync(2);
        await _store.Suppressions.AddAsync(EmailAddress.Parse("new2@example.org"), "bounced", Stop);
        var city = JsonSerializer.SerializeToElement("Paris");
        ContactData?[] people =
        [
            new() { Email = "new1@example.org" }, null,
            new() { Email = "P2@example.org", FirstName = "Paula", Attributes = new Dictionary<string, JsonElement> { ["city"] = city } },
            new() { Email = "new2@example.org" }, new() { Email = "new3@example.org", Unsubscribed = true },
        ];
        var draft = (await _store.DraftAsync(segment)).Draft with { Source = "members" };

        var first = await _store.Campaigns.ReadAudienceAsync(draft, people.ToAsyncEnumerable(), Stop).ToListAsync(Stop);
        var again = await _store.Campaigns.ReadAudienceAsync(draft, people.ToAsyncEnumerable(), Stop).ToListAsync(Stop);

        Assert.Equal(
            ["p1@example.org", "P2@example.org", "new1@example.org", "new2@example.org", "new3@example.org"],
            first.Select(member => member.Contact.Email));
        Assert.Equal(first.Select(member => member.Contact.Email), again.Select(member => member.Contact.Email));
        Assert.Equal(("Person 2", "Paula", "Paris"),
            (first[1].Contact.Name, first[1].Contact.FirstName, first[1].Contact.Attributes["city"].GetString()));
        Assert.Equal([0, 0, 0], first.Skip(2).Select(member => member.Contact.Id));
        Assert.Equal(
            [null, null, null, "The address is suppressed.", "The contact does not want campaigns."], first.Select(member => member.Withheld));
        Assert.Equal(5, await _store.Campaigns.CountAudienceAsync(draft, people.ToAsyncEnumerable(), Stop));
        Assert.Equal(2, await _store.Contacts.CountAsync(Stop));
    }

    [Fact]
    public async Task A_start_held_to_a_number_of_recipients_is_refused_with_any_other_and_leaves_all_as_it_was()
    {
        var running = await _store.RunningAsync(2, "Before");
        var draft = await _store.DraftAsync(await _store.SeedSegmentAsync(2));
        ContactData?[] people = [new() { Email = "p1@example.org", Unsubscribed = true }, new() { Email = "new@example.org" }];
        var request = new StartRequest(Content, draft.Revision) { Recipients = 4 };

        var refused = await _store.Campaigns.StartAsync(draft.Id, request, people.ToAsyncEnumerable(), Stop);

        Assert.Equal(ProblemKind.Conflict, refused.Problem?.Kind);
        Assert.Contains("reaches 3 now", refused.Problem!.Detail, StringComparison.Ordinal);
        Assert.Equal((CampaignState.Draft, draft.Revision), ((await _store.CampaignAsync(draft.Id)).State, (await _store.CampaignAsync(draft.Id)).Revision));
        Assert.Equal(2, await _store.Contacts.CountAsync(Stop));
        Assert.Equal(2, (await _store.CampaignAsync(running.Id)).Counts.Pending);
        Assert.Empty((await _store.Deliveries.ReconcileAsync(running.Id, Stop)).OrThrow().Differences);

        var started = await _store.Campaigns.StartAsync(draft.Id, request with { Recipients = 3 }, people.ToAsyncEnumerable(), Stop);
        Assert.Equal((2, 1), (started.OrThrow().Counts.Pending, started.OrThrow().Counts.Suppressed));
        Assert.Equal((1, 1), ((await _store.CampaignAsync(running.Id)).Counts.Pending, (await _store.CampaignAsync(running.Id)).Counts.Suppressed));
    }

    [Fact]
    public async Task Data_that_say_unsubscribed_take_the_consent_and_the_waiting_deliveries_and_never_give_consent()
    {
        var campaign = await _store.RunningAsync(3);
        var handed = (await _store.Queue.OfferAsync(new ClaimRequest("default", 1, TimeSpan.FromMinutes(10)), 1, Stop))!.Jobs[0];
        ContactData[] gone =
        [
            new() { Email = "p1@example.org", Unsubscribed = true }, new() { Email = "P2@example.org", Unsubscribed = true },
            new() { Email = "new@example.org", Unsubscribed = true },
        ];

        var counts = await _store.Contacts.UpsertAsync(gone, null, Stop);

        Assert.Equal((1, 2), (counts.Added, counts.Updated));
        var people = (await _store.Contacts.ListAsync(new ContactQuery(), Stop)).Items;
        Assert.Equal(
            [ConsentStatus.Unsubscribed, ConsentStatus.Unsubscribed, ConsentStatus.Subscribed, ConsentStatus.Unsubscribed],
            people.Select(contact => contact.Status));
        Assert.Equal((2, 1), ((await _store.CampaignAsync(campaign.Id)).Counts.Pending, (await _store.CampaignAsync(campaign.Id)).Counts.Suppressed));
        var control = (await _store.Queue.ReadControlAsync(Stop))!.Value.Control;
        Assert.Equal((handed.JobId, 1), Assert.Single(control.Withdraw));

        await _store.Contacts.UpsertAsync([.. gone.Select(contact => contact with { Unsubscribed = false })], null, Stop);
        Assert.Equal(ConsentStatus.Unsubscribed, (await _store.Contacts.GetAsync(people[0].Id, Stop))!.Status);
        await _store.Contacts.UpdateAsync(people[2].Id, new() { Email = people[2].Email, Unsubscribed = true }, Stop);
        Assert.Equal(0, (await _store.CampaignAsync(campaign.Id)).Counts.Pending - 1);
        var added = (await _store.Contacts.AddAsync(new() { Email = "last@example.org", Unsubscribed = true }, Stop)).OrThrow();
        Assert.Equal(ConsentStatus.Unsubscribed, added.Status);
    }

    [Fact]
    public async Task A_campaign_adds_up_on_its_way_and_is_reconciled_once_it_has_ended()
    {
        var campaign = await _store.RunningAsync(3);
        await _store.Suppressions.AddAsync(EmailAddress.Parse("p3@example.org"), "bounced", Stop);

        var found = (await _store.Deliveries.ReconcileAsync(campaign.Id, Stop)).OrThrow();

        Assert.Equal((3, 2, 1, 2), (found.Planned, found.ByState.Pending, found.ByState.Suppressed, found.Outstanding));
        Assert.Empty(found.Differences);
        Assert.Equal(_store.Clock.GetUtcNow(), found.CheckedAt);
        Assert.Equal(found.ByState, (await _store.CampaignAsync(campaign.Id)).Reconciliation!.ByState);
        Assert.Empty(await _store.Deliveries.ListUnreconciledAsync(Stop));
        Assert.Equal(ProblemKind.NotFound, (await _store.Deliveries.ReconcileAsync(999, Stop)).Problem?.Kind);

        await EndAsync(DeliveryState.Failure);
        Assert.Equal([campaign.Id], await _store.Deliveries.ListUnreconciledAsync(Stop));
        Assert.Equal(0, (await _store.Deliveries.ReconcileAsync(campaign.Id, Stop)).OrThrow().Outstanding);
        Assert.Empty(await _store.Deliveries.ListUnreconciledAsync(Stop));

        _store.Clock.Advance(TimeSpan.FromSeconds(1));
        await _store.Campaigns.RetryAsync(campaign.Id, null, Stop);
        Assert.Empty(await _store.Deliveries.ListUnreconciledAsync(Stop));
        await EndAsync(DeliveryState.Success);
        Assert.Equal([campaign.Id], await _store.Deliveries.ListUnreconciledAsync(Stop));
    }

    [Fact]
    public async Task What_does_not_add_up_is_told()
    {
        var campaign = await _store.RunningAsync(4);
        await SpoilAsync(
            "DELETE FROM delivery WHERE id = (SELECT max(id) FROM delivery)",
            "UPDATE delivery SET due_at = NULL WHERE id = (SELECT min(id) FROM delivery)",
            "UPDATE delivery SET handed_over = 1, state = 8 WHERE id = (SELECT min(id) + 1 FROM delivery)",
            $"UPDATE campaign SET state = 4, completed_at = started_at WHERE id = {campaign.Id}");

        var found = (await _store.Deliveries.ReconcileAsync(campaign.Id, Stop)).OrThrow();

        Assert.Contains("4 deliveries were planned, and there are 3.", found.Differences);
        Assert.Contains("2 deliveries wait, and the queue holds 1: the others are never sent.", found.Differences);
        Assert.Contains("1 deliveries have ended and are still in the queue.", found.Differences);
        Assert.Contains("1 deliveries have ended and still take up room of what is handed over.", found.Differences);
        Assert.Contains("The campaign has ended, and 2 deliveries wait.", found.Differences);
        Assert.Contains(found.Differences, difference => difference.StartsWith("By the counts ", StringComparison.Ordinal));
        Assert.Equal(found.Differences, (await _store.CampaignAsync(campaign.Id)).Reconciliation!.Differences);
    }

    [Fact]
    public async Task The_last_dry_run_is_kept()
    {
        var draft = await _store.DraftAsync(await _store.SeedSegmentAsync(1));
        Assert.Null(draft.DryRun);
        var run = new DryRun { Manifest = "sha256:0", Total = 3, Send = 1, Suppressed = 1, Errors = 1, At = _store.Clock.GetUtcNow() };

        await _store.Campaigns.SaveDryRunAsync(draft.Id, run, Stop);
        await _store.Campaigns.SaveDryRunAsync(999, run, Stop);

        Assert.Equal(run, (await _store.CampaignAsync(draft.Id)).DryRun);
        Assert.Equal(draft.Revision, (await _store.CampaignAsync(draft.Id)).Revision);
    }

    private async Task EndAsync(DeliveryState state)
    {
        var block = (await _store.ClaimAsync())!;
        await _store.Queue.MarkAsync(block.Fence, [.. block.Jobs.Select(job => job.QueueId)], Stop);
        await _store.Queue.CompleteAsync(
            block.Fence, [.. block.Jobs.Select(job => new SendResult { QueueId = job.QueueId, Status = job.Status with { State = state, Attempts = 1 } })], Stop);
    }

    /// <summary>Changes the tables as no store ever would.</summary>
    protected abstract Task SpoilAsync(params string[] statements);
}

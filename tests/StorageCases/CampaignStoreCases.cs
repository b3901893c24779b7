using Microsoft.Extensions.DependencyInjection;
using static MailMarketing.StorageCases.StoreFixture;

namespace MailMarketing.StorageCases;

public abstract class CampaignStoreCases : IDisposable
{
    private readonly StoreFixture _store;

    protected CampaignStoreCases(StoreFixture store) => _store = store;

    public void Dispose()
    {
        _store.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Deliveries_of_an_old_campaign_are_dropped_part_by_part_and_its_counts_stay()
    {
        var (old, recent) = (await EndedAsync(5, "Old"), await EndedAsync(2, "Recent", TimeSpan.FromDays(2)));

        Assert.Null(await Retention.DropOldDeliveriesAsync(TimeSpan.FromDays(40), 3, Stop));
        Assert.Equal(new DroppedDeliveries(old, 3), await Retention.DropOldDeliveriesAsync(TimeSpan.FromDays(1.5), 3, Stop));
        Assert.Equal(ProblemKind.Conflict, (await _store.Deliveries.ReconcileAsync(old, Stop)).Problem?.Kind);
        Assert.Equal(new DroppedDeliveries(old, 2), await Retention.DropOldDeliveriesAsync(TimeSpan.FromDays(1.5), 3, Stop));
        Assert.Null(await Retention.DropOldDeliveriesAsync(TimeSpan.FromDays(1.5), 3, Stop));

        var campaign = await _store.CampaignAsync(old);
        Assert.Equal((5, 5, _store.Clock.GetUtcNow()), (campaign.Counts.Planned, campaign.Counts.Cancelled, campaign.DeliveriesDroppedAt));
        Assert.Empty((await _store.Deliveries.ListAsync(old, new DeliveryQuery(), Stop)).Items);
        Assert.Equal(2, (await _store.Deliveries.ListAsync(recent, new DeliveryQuery(), Stop)).Items.Count);
        Assert.Empty(await _store.Deliveries.ListUnreconciledAsync(Stop));
        Assert.Equal(ProblemKind.Conflict, (await _store.Campaigns.RetryAsync(old, null, Stop)).Problem?.Kind);
    }

    [Fact]
    public async Task Deliveries_stay_where_a_campaign_runs_or_was_not_found_to_add_up()
    {
        await _store.RunningAsync(2, "Running");
        var hasty = await _store.RunningAsync(2, "Unchecked");
        await _store.Campaigns.MoveAsync(hasty.Id, [CampaignState.Running], CampaignState.Cancelled, Stop);
        _store.Clock.Advance(TimeSpan.FromDays(400));

        Assert.Null(await Retention.DropOldDeliveriesAsync(TimeSpan.FromDays(1), 100, Stop));
    }

    [Fact]
    public async Task A_draft_must_name_what_exists()
    {
        var refused = await _store.Campaigns.AddAsync(
            new CampaignDraft { Name = "x", TemplateId = 7, SegmentIds = [8], ExcludeSegmentIds = [9] }, Stop);

        Assert.Equal(["excludeSegmentIds", "segmentIds", "templateId"], refused.Problem!.Errors.Keys.Order());
    }

    [Fact]
    public async Task A_draft_can_name_a_template_in_code_and_another_one_later()
    {
        var stored = await _store.DraftAsync(await _store.SeedSegmentAsync(1));
        var draft = stored.Draft with { TemplateId = null, TemplateName = "Welcome" };

        var named = (await _store.Campaigns.UpdateAsync(stored.Id, draft, Stop)).OrThrow();

        Assert.Equal((null, "Welcome"), (named.Draft.TemplateId, named.Draft.TemplateName));
        Assert.Equal(CampaignState.Running, (await _store.Campaigns.StartAsync(stored.Id, Content, null, Stop)).OrThrow().State);
        var other = (await _store.Campaigns.AddAsync(draft, Stop)).OrThrow();
        var back = (await _store.Campaigns.UpdateAsync(other.Id, stored.Draft, Stop)).OrThrow();
        Assert.Equal((stored.Draft.TemplateId, null), (back.Draft.TemplateId, back.Draft.TemplateName));
    }

    [Fact]
    public async Task Starting_freezes_each_person_once_without_the_excluded()
    {
        var all = await _store.SeedSegmentAsync(5);
        var again = await _store.SeedSegmentAsync(3, "Again");
        var without = await _store.SeedSegmentAsync(1, "Without");
        var people = (await _store.Contacts.ListAsync(new ContactQuery(), Stop)).Items;
        await _store.Contacts.SetConsentAsync(people[1].Id, ConsentStatus.Unsubscribed, Stop);
        await _store.Suppressions.AddAsync(EmailAddress.Parse(people[2].Email), "bounced", Stop);
        var draft = await _store.DraftAsync(all);
        await _store.Campaigns.UpdateAsync(draft.Id, draft.Draft with { SegmentIds = [all, again], ExcludeSegmentIds = [without] }, Stop);

        var campaign = (await _store.Campaigns.StartAsync(draft.Id, Content, null, Stop)).OrThrow();

        Assert.Equal((4, 2, 2), (campaign.Counts.Planned, campaign.Counts.Pending, campaign.Counts.Suppressed));
        Assert.Equal(4, await _store.Campaigns.CountAudienceAsync((await _store.CampaignAsync(draft.Id)).Draft, null, Stop));
        Assert.Equal(CampaignState.Running, campaign.State);
        Assert.Equal(ProblemKind.Conflict, (await _store.Campaigns.StartAsync(draft.Id, Content, null, Stop)).Problem?.Kind);
        Assert.Equal(ProblemKind.Conflict, (await _store.Campaigns.DeleteAsync(draft.Id, Stop)).Problem?.Kind);
        Assert.Equal(ProblemKind.Conflict, (await _store.Campaigns.UpdateAsync(draft.Id, draft.Draft, Stop)).Problem?.Kind);
    }

    [Fact]
    public async Task An_empty_audience_changes_nothing()
    {
        var draft = await _store.DraftAsync((await _store.Segments.AddAsync("Nobody", Stop)).OrThrow().Id);

        Assert.Equal(ProblemKind.Conflict, (await _store.Campaigns.StartAsync(draft.Id, Content, null, Stop)).Problem?.Kind);
        Assert.Equal(CampaignState.Draft, (await _store.CampaignAsync(draft.Id)).State);
        Assert.True((await _store.Campaigns.DeleteAsync(draft.Id, Stop)).Succeeded);
    }

    [Fact]
    public async Task A_campaign_to_nobody_mailable_is_complete_at_once()
    {
        var segment = await _store.SeedSegmentAsync(1);
        await _store.Suppressions.AddAsync(EmailAddress.Parse("p1@example.org"), "bounced", Stop);

        var campaign = (await _store.Campaigns.StartAsync((await _store.DraftAsync(segment)).Id, Content, null, Stop)).OrThrow();

        Assert.Equal((CampaignState.Completed, 1), (campaign.State, campaign.Counts.Suppressed));
        Assert.NotNull(campaign.CompletedAt);
    }

    [Fact]
    public async Task Cancelling_ends_what_is_not_marked_and_leaves_what_is()
    {
        var campaign = await _store.RunningAsync(4);
        var block = (await _store.ClaimAsync(2))!;
        var marked = block.Jobs[0].QueueId;
        await _store.Queue.MarkAsync(block.Fence, [marked], Stop);

        var cancelled = (await _store.Campaigns.MoveAsync(campaign.Id, [CampaignState.Running], CampaignState.Cancelled, Stop)).OrThrow();

        Assert.Equal((1, 3, 4), (cancelled.Counts.Sending, cancelled.Counts.Cancelled, cancelled.Counts.Planned));
        Assert.Empty(await _store.Queue.MarkAsync(block.Fence, [block.Jobs[1].QueueId], Stop));
        Assert.Equal(ProblemKind.Conflict,
            (await _store.Campaigns.MoveAsync(campaign.Id, [CampaignState.Running], CampaignState.Paused, Stop)).Problem?.Kind);

        _store.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await _store.ClaimAsync());
        Assert.Equal((1, 3), ((await _store.CampaignAsync(campaign.Id)).Counts.Unknown, (await _store.CampaignAsync(campaign.Id)).Counts.Cancelled));
    }

    [Fact]
    public async Task Retrying_begins_a_new_round_of_what_failed()
    {
        var campaign = await _store.RunningAsync(3);
        var block = (await _store.ClaimAsync())!;
        await _store.Queue.MarkAsync(block.Fence, [.. block.Jobs.Select(job => job.QueueId)], Stop);
        DeliveryState[] states = [DeliveryState.Failure, DeliveryState.Success, DeliveryState.Unknown];
        await _store.Queue.CompleteAsync(block.Fence,
            [.. block.Jobs.Zip(states, (job, state) => new SendResult { QueueId = job.QueueId, Status = new(1, state, 1) })], Stop);
        Assert.Equal(CampaignState.Completed, (await _store.CampaignAsync(campaign.Id)).State);

        var again = (await _store.Campaigns.RetryAsync(campaign.Id, null, Stop)).OrThrow();

        Assert.Equal((CampaignState.Running, 1, 1, 1), (again.State, again.Counts.Pending, again.Counts.Success, again.Counts.Unknown));
        var job = Assert.Single((await _store.ClaimAsync())!.Jobs);
        Assert.Equal(new DeliveryStatus(2, DeliveryState.Pending, 0), job.Status);
        Assert.NotEqual(block.Jobs[0].IdempotencyKey, job.IdempotencyKey);
        Assert.Equal(ProblemKind.Conflict, (await _store.Campaigns.RetryAsync(campaign.Id, null, Stop)).Problem?.Kind);
        Assert.True((await _store.Campaigns.RetryAsync(campaign.Id, [block.Jobs[2].QueueId], Stop)).Succeeded);
    }

    [Fact]
    public async Task A_contact_has_its_deliveries_of_all_campaigns()
    {
        var everyone = await _store.SeedSegmentAsync(2);
        foreach (var name in new[] { "May", "June", "July" })
        {
            await _store.Campaigns.StartAsync((await _store.DraftAsync(everyone, name)).Id, Content, null, Stop);
        }

        var person = (await _store.Contacts.ListAsync(new ContactQuery { Limit = 1 }, Stop)).Items[0];
        var newest = await _store.Deliveries.ListOfContactAsync(person.Id, new PageRequest { Limit = 2, NewestFirst = true }, Stop);
        var older = await _store.Deliveries.ListOfContactAsync(
            person.Id, new PageRequest { Limit = 2, NewestFirst = true, Cursor = newest.NextCursor }, Stop);
        var found = await _store.Deliveries.ListOfContactAsync(person.Id, new PageRequest { Search = "JU" }, Stop);

        Assert.Equal(["July", "June"], newest.Items.Select(mail => mail.CampaignName));
        Assert.Equal(["May"], older.Items.Select(mail => mail.CampaignName));
        Assert.Null(older.NextCursor);
        Assert.Equal(["June", "July"], found.Items.Select(mail => mail.CampaignName));
        Assert.All(newest.Items, mail => Assert.Equal((person.Id, person.Email), (mail.Delivery.ContactId, mail.Delivery.Email)));
        await _store.Contacts.DeleteAsync(person.Id, Stop);
        var left = await _store.Deliveries.ListOfContactAsync(person.Id, new PageRequest(), Stop);
        Assert.All(left.Items, mail => Assert.Equal((DeliveryState.Cancelled, null), (mail.Delivery.Status.State, mail.Delivery.Email)));
        Assert.Equal(3, left.Items.Count);
        await Assert.ThrowsAsync<InvalidCursorException>(
            () => _store.Deliveries.ListOfContactAsync(person.Id, new PageRequest { Cursor = newest.NextCursor }, Stop));
    }

    [Fact]
    public async Task Reports_join_in_any_order()
    {
        var campaign = await _store.RunningAsync(2);
        var jobs = (await _store.Queue.OfferAsync(new ClaimRequest("default", 10, TimeSpan.FromMinutes(10)), 10, Stop))!.Jobs;
        DeliveryEvent Report(JobId id, DeliveryState state, int attempts, int round = 1) => new() { JobId = id, Status = new(round, state, attempts) };

        var rejected = await _store.Deliveries.AppendAsync(
            [
                Report(jobs[0].JobId, DeliveryState.Success, 1), Report(jobs[0].JobId, DeliveryState.Retry, 1), Report(JobId.Of(999), DeliveryState.Success, 1),
                Report(new JobId("x", false), DeliveryState.Success, 1), Report(jobs[1].JobId, DeliveryState.Failure, 1, round: 2),
                Report(jobs[1].JobId, DeliveryState.Retry, 1, round: 0),
            ],
            Stop);

        Assert.Equal([JobId.Of(999), new JobId("x", false)], rejected);
        var now = await _store.CampaignAsync(campaign.Id);
        Assert.Equal((1, 1, CampaignState.Running), (now.Counts.Success, now.Counts.Retry, now.State));

        await _store.Deliveries.AppendAsync([Report(jobs[1].JobId, DeliveryState.Failure, 2)], Stop);
        Assert.Equal(CampaignState.Completed, (await _store.CampaignAsync(campaign.Id)).State);
        var failed = await _store.Deliveries.ListAsync(campaign.Id, new DeliveryQuery { State = DeliveryState.Failure, Search = "P2@" }, Stop);
        Assert.Equal(jobs[1].QueueId, Assert.Single(failed.Items).Id);
    }

    private ICampaignRetention Retention => _store.Services.GetRequiredService<ICampaignRetention>();

    // It ends with some of its people frozen, and the clock goes on
    private async Task<long> EndedAsync(int people, string name, TimeSpan? wait = null)
    {
        _store.Clock.Advance(wait ?? TimeSpan.Zero);
        var campaign = await _store.RunningAsync(people, name);
        var block = (await _store.ClaimAsync(2))!;
        await _store.Queue.ReleaseAsync(block.Fence, [.. block.Jobs.Select(job => job.QueueId)], Stop);
        await _store.Campaigns.MoveAsync(campaign.Id, [CampaignState.Running], CampaignState.Cancelled, Stop);
        await _store.Deliveries.ReconcileAsync(campaign.Id, Stop);
        return campaign.Id;
    }
}

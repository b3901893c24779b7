using Microsoft.Extensions.DependencyInjection;
using static MailMarketing.StorageCases.StoreFixture;

namespace MailMarketing.StorageCases;

/// <summary>Campaigns that start by themselves.</summary>
public abstract class ScheduleCases : IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    private readonly StoreFixture _store;

    protected ScheduleCases(StoreFixture store) => _store = store;

    private ICampaignSchedule Schedule => _store.Services.GetRequiredService<ICampaignSchedule>();

    public void Dispose()
    {
        _store.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_campaign_is_due_at_its_time_and_not_before()
    {
        var campaign = await ScheduledAsync(TimeSpan.FromMinutes(5));
        Assert.Equal((CampaignState.Scheduled, _store.Clock.GetUtcNow().AddMinutes(5)), (campaign.State, campaign.ScheduledAt));

        _store.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        Assert.Null(await Schedule.ClaimDueAsync(Lease, Stop));
        _store.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(campaign.Id, (await Schedule.ClaimDueAsync(Lease, Stop))!.Id);
    }

    [Fact]
    public async Task Of_many_who_claim_one_gets_it_and_after_its_lease_another()
    {
        var campaign = await ScheduledAsync(TimeSpan.Zero);

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Schedule.ClaimDueAsync(Lease, Stop), Stop)));

        Assert.Equal(campaign.Id, Assert.Single(claims.OfType<Campaign>()).Id);
        await Schedule.HoldAsync(campaign.Id, campaign.Revision, 2 * Lease, null, Stop);
        _store.Clock.Advance(Lease);
        Assert.Null(await Schedule.ClaimDueAsync(Lease, Stop));
        _store.Clock.Advance(Lease);
        Assert.Equal(campaign.Id, (await Schedule.ClaimDueAsync(Lease, Stop))!.Id);
    }

    [Fact]
    public async Task Two_who_start_it_all_the_same_start_it_once()
    {
        var campaign = await ScheduledAsync(TimeSpan.Zero);
        var request = new StartRequest(Content, campaign.Revision);

        var starts = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() => _store.Campaigns.StartAsync(campaign.Id, request, null, Stop), Stop)));

        Assert.Single(starts, start => start.Succeeded);
        Assert.Equal(3, (await _store.CampaignAsync(campaign.Id)).Counts.Planned);
        Assert.False(await Schedule.GiveUpAsync(campaign.Id, campaign.Revision, "Too late.", Stop));
        Assert.Equal(CampaignState.Running, (await _store.CampaignAsync(campaign.Id)).State);
        Assert.Null(await Schedule.ClaimDueAsync(Lease, Stop));
    }

    [Fact]
    public async Task The_one_due_longest_comes_first()
    {
        var segment = await _store.SeedSegmentAsync(1);
        var ids = new List<long>();
        foreach (var minutes in new[] { 3, 1, 2 })
        {
            var draft = await _store.DraftAsync(segment, $"In {minutes}");
            ids.Add((await Schedule.ScheduleAsync(draft.Id, _store.Clock.GetUtcNow().AddMinutes(minutes), Stop)).OrThrow().Id);
        }

        _store.Clock.Advance(TimeSpan.FromHours(1));
        foreach (var expected in new[] { ids[1], ids[2], ids[0] })
        {
            Assert.Equal(expected, (await Schedule.ClaimDueAsync(Lease, Stop))!.Id);
        }
    }

    [Fact]
    public async Task What_could_not_start_is_a_draft_that_says_why_until_it_is_scheduled_again()
    {
        var campaign = await ScheduledAsync(TimeSpan.Zero);
        await Schedule.HoldAsync(campaign.Id, campaign.Revision, Lease, "Nobody answers.", Stop);
        var held = await _store.CampaignAsync(campaign.Id);
        Assert.Equal((CampaignState.Scheduled, "Nobody answers."), (held.State, held.StartProblem));
        Assert.Null(await Schedule.ClaimDueAsync(Lease, Stop));

        Assert.True(await Schedule.GiveUpAsync(campaign.Id, campaign.Revision, "No credentials.", Stop));

        var draft = await _store.CampaignAsync(campaign.Id);
        Assert.Equal((CampaignState.Draft, "No credentials."), (draft.State, draft.StartProblem));
        Assert.True(draft.Revision > campaign.Revision);
        var again = (await Schedule.ScheduleAsync(campaign.Id, _store.Clock.GetUtcNow().AddDays(1), Stop)).OrThrow();
        Assert.Equal((CampaignState.Scheduled, null), (again.State, again.StartProblem));
    }

    [Fact]
    public async Task Who_changes_a_campaign_wins_over_who_starts_the_one_of_before()
    {
        var campaign = await ScheduledAsync(TimeSpan.Zero);
        var later = (await Schedule.ScheduleAsync(campaign.Id, _store.Clock.GetUtcNow().AddDays(1), Stop)).OrThrow();

        var stale = new StartRequest(Content, campaign.Revision);
        Assert.Equal(ProblemKind.Conflict, (await _store.Campaigns.StartAsync(campaign.Id, stale, null, Stop)).Problem?.Kind);
        Assert.False(await Schedule.GiveUpAsync(campaign.Id, campaign.Revision, "Nobody.", Stop));
        await Schedule.HoldAsync(campaign.Id, campaign.Revision, Lease, "Nobody.", Stop);
        var kept = await _store.CampaignAsync(campaign.Id);
        Assert.Equal((CampaignState.Scheduled, later.Revision, later.ScheduledAt, null), (kept.State, kept.Revision, kept.ScheduledAt, kept.StartProblem));

        var draft = (await Schedule.UnscheduleAsync(campaign.Id, Stop)).OrThrow();
        var changed = (await _store.Campaigns.UpdateAsync(campaign.Id, draft.Draft with { Name = "Other" }, Stop)).OrThrow();
        Assert.True(changed.Revision > draft.Revision);
        Assert.Equal(
            ProblemKind.Conflict,
            (await _store.Campaigns.StartAsync(campaign.Id, new StartRequest(Content, draft.Revision), null, Stop)).Problem?.Kind);
    }

    [Fact]
    public async Task Only_what_can_be_is_scheduled_and_unscheduled()
    {
        var running = await _store.RunningAsync(1);
        Assert.Equal(ProblemKind.Conflict, (await Schedule.ScheduleAsync(running.Id, _store.Clock.GetUtcNow(), Stop)).Problem?.Kind);
        Assert.Equal(ProblemKind.Conflict, (await Schedule.UnscheduleAsync(running.Id, Stop)).Problem?.Kind);
        Assert.Equal(ProblemKind.NotFound, (await Schedule.ScheduleAsync(999, _store.Clock.GetUtcNow(), Stop)).Problem?.Kind);
        Assert.Equal(ProblemKind.NotFound, (await Schedule.UnscheduleAsync(999, Stop)).Problem?.Kind);
    }

    private async Task<Campaign> ScheduledAsync(TimeSpan after)
    {
        var draft = await _store.DraftAsync(await _store.SeedSegmentAsync(3));
        return (await Schedule.ScheduleAsync(draft.Id, _store.Clock.GetUtcNow() + after, Stop)).OrThrow();
    }
}

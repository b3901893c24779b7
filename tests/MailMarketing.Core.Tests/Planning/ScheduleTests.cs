using MailMarketing.Core.Tests.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailMarketing.Core.Tests.Planning;

/// <summary>Campaigns that start at their time, whatever goes wrong.</summary>
public sealed class ScheduleTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_nodes_that_get_there_at_once_one_starts_it_within_a_second()
    {
        await using var sqlite = await new SqliteClient().ReadyAsync(Stop);
        var (one, other) = (sqlite.Node(TimeProvider.System), sqlite.Node(TimeProvider.System));
        var workers = new[] { Worker(one), Worker(other) };
        await Task.WhenAll(workers.Select(worker => worker.StartAsync(Stop)));
        var at = TimeProvider.System.GetUtcNow().AddMilliseconds(700);
        var (draft, _) = await sqlite.DraftAsync(3, Stop);
        (await one.GetRequiredService<MailMarketingClient>().Campaigns.ScheduleAsync(draft.Id, at, Stop)).OrThrow();

        var started = await UntilAsync(sqlite, draft.Id, campaign => campaign.State == CampaignState.Running);

        // The revision counts the changes: scheduled and started, each once
        Assert.Equal((3, draft.Revision + 2), (started.Counts.Planned, started.Revision));
        Assert.InRange(started.StartedAt!.Value - at, TimeSpan.FromMilliseconds(-1), TimeSpan.FromSeconds(5));
        await Task.WhenAll(workers.Select(worker => worker.StopAsync(Stop)));
    }

    [Fact]
    public async Task A_campaign_whose_time_passed_while_nothing_ran_starts_when_something_does()
    {
        await using var sqlite = await new SqliteClient().ReadyAsync(Stop);
        var (draft, _) = await sqlite.DraftAsync(1, Stop);
        (await sqlite.Client.Campaigns.ScheduleAsync(draft.Id, sqlite.Time.GetUtcNow().AddHours(1), Stop)).OrThrow();
        sqlite.Time.Advance(TimeSpan.FromDays(3));
        var worker = sqlite.Get<IEnumerable<IHostedService>>().OfType<ScheduleWorker>().Single();

        await worker.StartAsync(Stop);

        await UntilAsync(sqlite, draft.Id, campaign => campaign.State == CampaignState.Running);
        await worker.StopAsync(Stop);
    }

    [Fact]
    public async Task What_a_person_must_mend_makes_it_a_draft_that_says_so()
    {
        await using var sqlite = new SqliteClient();
        var (draft, _) = await sqlite.DraftAsync(1, Stop);
        (await sqlite.Client.Campaigns.ScheduleAsync(draft.Id, sqlite.Time.GetUtcNow(), Stop)).OrThrow();

        Assert.True(await sqlite.StartDueAsync(Stop));

        var after = (await sqlite.Client.Campaigns.GetAsync(draft.Id, Stop))!;
        Assert.Equal(CampaignState.Draft, after.State);
        Assert.Contains("No From address is set", after.StartProblem, StringComparison.Ordinal);
        await sqlite.ReadyAsync(Stop);
        Assert.Null((await sqlite.Client.Campaigns.StartAsync(draft.Id, Stop)).OrThrow().StartProblem);
    }

    [Fact]
    public async Task A_sending_side_that_is_away_is_waited_for_for_an_hour_and_said_so()
    {
        await using var web = new ClientHarness(remote: true);
        web.Remote.View = new() { AuthConfigured = true, From = new(null, "news@example.org") };
        var draft = await web.ReadyCampaignAsync();
        web.Remote.View = null;
        var scheduled = (await web.Client.Campaigns.ScheduleAsync(draft.Id, web.Time.GetUtcNow(), Stop)).OrThrow();
        var start = new ScheduledStart(web.Stores, web.Client.Campaigns, web.Time, NullLogger.Instance);

        await start.RunAsync(scheduled, Stop);

        Assert.Equal(CampaignState.Scheduled, web.Stores.Campaigns[0].State);
        Assert.NotNull(web.Stores.Campaigns[0].StartProblem);
        Assert.Contains(draft.Id, web.Stores.Held);
        web.Time.Advance(TimeSpan.FromHours(1));
        await start.RunAsync(scheduled, Stop);
        Assert.Equal(CampaignState.Draft, web.Stores.Campaigns[0].State);
    }

    [Fact]
    public async Task Who_stops_in_the_middle_leaves_it_to_the_next_at_once()
    {
        await using var harness = new ClientHarness();
        var draft = await harness.ReadyCampaignAsync();
        var scheduled = (await harness.Client.Campaigns.ScheduleAsync(draft.Id, harness.Time.GetUtcNow(), Stop)).OrThrow();
        using var stopping = new CancellationTokenSource();
        harness.Stores.BeforeStart = stopping.Cancel;

        await new ScheduledStart(harness.Stores, harness.Client.Campaigns, harness.Time, NullLogger.Instance).RunAsync(scheduled, stopping.Token);

        Assert.Equal((CampaignState.Scheduled, null), (harness.Stores.Campaigns[0].State, harness.Stores.Campaigns[0].StartProblem));
        Assert.Equal(TimeSpan.Zero, harness.Stores.LastHold);
    }

    [Fact]
    public async Task A_time_that_has_passed_is_refused_but_now_is_not()
    {
        await using var sqlite = new SqliteClient();
        var (draft, _) = await sqlite.DraftAsync(1, Stop);
        var now = sqlite.Time.GetUtcNow();

        Assert.Equal("at", Assert.Single((await sqlite.Client.Campaigns.ScheduleAsync(draft.Id, now.AddMinutes(-2), Stop)).Problem!.Errors).Key);
        Assert.True((await sqlite.Client.Campaigns.ScheduleAsync(draft.Id, now.AddSeconds(-10), Stop)).Succeeded);
    }

    private static ScheduleWorker Worker(ServiceProvider node) =>
        node.GetServices<IHostedService>().OfType<ScheduleWorker>().Single();

    private static async Task<Campaign> UntilAsync(SqliteClient sqlite, long id, Func<Campaign, bool> condition)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        for (; ; )
        {
            if (await sqlite.Client.Campaigns.GetAsync(id, deadline.Token) is { } campaign && condition(campaign))
            {
                return campaign;
            }

            await Task.Delay(20, deadline.Token);
        }
    }
}

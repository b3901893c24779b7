using System.Collections.Concurrent;
using System.Diagnostics;
using MailMarketing.StorageCases;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace MailMarketing.Storage.Postgres.Tests;

/// <summary>Many workers at one queue, by the database's own clock.</summary>
public sealed class PostgresWorkersTests
{
    private const int People = 2000;

    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    private readonly string _schema = TestOptions.NewSchema();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Eight_workers_never_share_a_delivery_and_finish_all()
    {
        var nodes = Enumerable.Range(0, 4).Select(_ => Nodes.Web(PostgresServer.ConnectionString, _schema)).ToList();
        var campaigns = new[] { await StartAsync(nodes[0], "First"), await StartAsync(nodes[0], "Second") };
        var sent = new ConcurrentBag<long>();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => WorkAsync(nodes[n % 4], campaigns, sent, Long))));

        Assert.Equal(2 * People, sent.Count);
        Assert.Equal(2 * People, sent.Distinct().Count());
        foreach (var campaign in campaigns)
        {
            await AssertAddsUpAsync(nodes[0], PostgresServer.ConnectionString, campaign);
        }

        nodes.ForEach(services => services.Dispose());
    }

    [Fact]
    public async Task What_is_stopped_while_workers_run_still_ends_and_adds_up()
    {
        await using var node = Nodes.Web(PostgresServer.ConnectionString, _schema);
        var campaign = await StartAsync(node, "News");
        var (campaigns, contacts) = (node.GetRequiredService<ICampaignStore>(), node.GetRequiredService<IContactStore>());
        var people = (await contacts.ListAsync(new ContactQuery { Limit = 1000 }, Stop)).Items;

        var workers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => WorkAsync(node, [campaign], [], Long))).ToList();
        foreach (var person in people.Chunk(20).Select(some => some[0]))
        {
            await contacts.SetConsentAsync(person.Id, ConsentStatus.Unsubscribed, Stop);
        }

        var moved = await campaigns.MoveAsync(campaign, [CampaignState.Running], CampaignState.Cancelled, Stop);
        await Task.WhenAll(workers);

        var end = (await campaigns.GetAsync(campaign, Stop))!;
        Assert.Equal(moved.Succeeded ? CampaignState.Cancelled : CampaignState.Completed, end.State);
        await AssertAddsUpAsync(node, PostgresServer.ConnectionString, campaign);
    }

    [Fact]
    public async Task A_server_that_crashes_twice_loses_no_outcome_and_counts_each_once()
    {
        await using var server = new PostgresServer();
        await server.StartAsync(durable: true);
        await using var node = Nodes.Web(server.OwnConnectionString, _schema);
        var campaign = await StartAsync(node, "News");
        var sent = new ConcurrentBag<long>();

        var lease = TimeSpan.FromSeconds(2);
        var workers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => WorkAsync(node, [campaign], sent, lease))).ToList();
        for (var crash = 1; crash <= 2; crash++)
        {
            var goal = crash * People / 4;
            await UntilAsync(() => sent.Count >= goal);
            await server.CrashAsync();
        }

        await Task.WhenAll(workers);

        Assert.Equal(People, sent.Distinct().Count());
        await AssertAddsUpAsync(node, server.OwnConnectionString, campaign);
    }

    [Fact]
    public async Task Dead_rows_that_a_foreign_transaction_keeps_slow_claims_down_and_stop_none()
    {
        const int Dead = 100_000;
        await using var node = Nodes.Web(PostgresServer.ConnectionString, _schema);
        var campaign = await StartAsync(node, "News");
        var before = await TimeClaimsAsync(node, People / 2);
        await using var foreign = new NpgsqlConnection(PostgresServer.ConnectionString);
        await foreign.OpenAsync(Stop);
        await using var open = await foreign.BeginTransactionAsync(Stop);
        await RunAsync(foreign, "SELECT txid_current()");
        await using (var other = new NpgsqlConnection(PostgresServer.ConnectionString))
        {
            await other.OpenAsync(Stop);
            for (var made = 0; made < Dead; made += People / 2)
            {
                // Into another place of the index that claims search, which keeps an entry for each version
                await RunAsync(other, $"UPDATE {_schema}.delivery SET due_at = due_at + interval '1 microsecond' WHERE due_at IS NOT NULL");
            }
        }

        var after = await TimeClaimsAsync(node, People / 2);

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"A claim of 40 takes {before.TotalMilliseconds:0.0} ms, and {after.TotalMilliseconds:0.0} ms among {Dead} dead rows.");
        Assert.True(after < (20 * before) + TimeSpan.FromSeconds(1), $"A claim took {before}, and {after} among {Dead} dead rows.");
        await AssertAddsUpAsync(node, PostgresServer.ConnectionString, campaign);
    }

    [Fact]
    public async Task Only_the_clock_of_the_database_ends_a_lease()
    {
        await using var node = Nodes.Web(PostgresServer.ConnectionString, _schema);
        var ahead = new FakeTimeProvider(new DateTimeOffset(2050, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var fast = Nodes.Build(builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(ahead);
            builder.UsePostgres(PostgresServer.ConnectionString, options => options.Schema = _schema);
        });
        await StartAsync(node, "News");

        var block = (await node.GetRequiredService<ISendQueue>().ClaimAsync(new ClaimRequest("default", People, Long), Stop))!;

        Assert.Null(await fast.GetRequiredService<ISendQueue>().ClaimAsync(new ClaimRequest("default", People, Long), Stop));
        var ids = block.Jobs.Select(job => job.QueueId).ToList();
        Assert.Equal(People, (await node.GetRequiredService<ISendQueue>().MarkAsync(block.Fence, ids, Stop)).Count);
    }

    [Fact]
    public async Task Reports_written_by_many_at_once_are_all_read()
    {
        await using var node = Nodes.Intake(_schema);
        var intake = node.GetRequiredService<ISendIntake>();
        var nothing = new Dictionary<string, object?>();
        var jobs = Enumerable.Range(1, People).Select(n => new HandedJob { JobId = JobId.Of(n), Round = 1, Fields = nothing });
        await intake.AcceptAsync(new JobBatch { CampaignId = "c", Revision = 2, Content = StoreFixture.Content, Jobs = [.. jobs] }, Stop);
        var reported = new List<string>();

        var workers = Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            while (await intake.ClaimAsync(new ClaimRequest("default", 7, Long), Stop) is { } block)
            {
                await SendAsync(intake, block);
            }
        })));
        var last = false;
        while (!last)
        {
            last = workers.IsCompleted;
            var reports = await intake.ReadReportsAsync(50, Stop);
            reported.AddRange(reports.Events.Select(report => report.JobId.Text));
            await intake.AcknowledgeReportsAsync(reports.UpTo, Stop);
            last &= reports.Events.Count == 0;
        }

        await workers;
        Assert.Equal(People, reported.Count);
        Assert.Equal(People, reported.Distinct().Count());
    }

    private static async Task<long> StartAsync(ServiceProvider node, string name)
    {
        var segment = (await node.GetRequiredService<ISegmentStore>().AddAsync(name, Stop)).OrThrow();
        var contacts = Enumerable.Range(1, People).Select(n => new ContactData { Email = $"p{n}@example.org", Name = $"Person {n}" });
        await node.GetRequiredService<IContactStore>().UpsertAsync([.. contacts], segment.Id, Stop);
        var template = (await node.GetRequiredService<ITemplateStore>().AddAsync(name, StoreFixture.Content.Source, Stop)).OrThrow();
        var campaigns = node.GetRequiredService<ICampaignStore>();
        var draft = new CampaignDraft { Name = name, TemplateId = template.Id, SegmentIds = [segment.Id] };
        var campaign = (await campaigns.AddAsync(draft, Stop)).OrThrow();
        return (await campaigns.StartAsync(campaign.Id, StoreFixture.Content, null, Stop)).OrThrow().Id;
    }

    /// <summary>Works until the campaigns have nothing waiting; what the database refuses is tried again, as the engine does.</summary>
    private static async Task WorkAsync(ServiceProvider node, long[] campaigns, ConcurrentBag<long> sent, TimeSpan lease)
    {
        var queue = node.GetRequiredService<ISendQueue>();
        while (true)
        {
            var block = await TryAsync(() => queue.ClaimAsync(new ClaimRequest("default", 37, lease), Stop));
            if (block is null)
            {
                var states = new List<Campaign?>();
                foreach (var id in campaigns)
                {
                    states.Add(await TryAsync(() => node.GetRequiredService<ICampaignStore>().GetAsync(id, Stop)));
                }

                if (states.All(campaign => campaign is { Counts.Waiting: 0 }))
                {
                    return;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Stop);
                continue;
            }

            var marked = await TryAsync<IReadOnlySet<long>>(
                async () => await queue.MarkAsync(block.Fence, [.. block.Jobs.Select(job => job.QueueId)], Stop));
            if (marked is { Count: > 0 })
            {
                await CompleteAsync(queue, block, marked);
                foreach (var id in marked)
                {
                    sent.Add(id);
                }
            }
        }
    }

    /// <summary>Claims and completes so many; gives what 19 of 20 claims took at most.</summary>
    private static async Task<TimeSpan> TimeClaimsAsync(ServiceProvider node, int people)
    {
        const int Size = 40;
        var (queue, times) = (node.GetRequiredService<ISendQueue>(), new List<TimeSpan>());
        for (var sent = 0; sent < people; sent += Size)
        {
            var started = Stopwatch.GetTimestamp();
            var block = (await queue.ClaimAsync(new ClaimRequest("default", Size, Long), Stop))!;
            times.Add(Stopwatch.GetElapsedTime(started));
            Assert.Equal(Size, block.Jobs.Count);
            await SendAsync(queue, block);
        }

        return times.Order().ElementAt(times.Count * 19 / 20);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Stop);
    }

    private static async Task SendAsync(ISendQueue queue, SendBlock block) =>
        await CompleteAsync(queue, block, await queue.MarkAsync(block.Fence, [.. block.Jobs.Select(job => job.QueueId)], Stop));

    private static async Task CompleteAsync(ISendQueue queue, SendBlock block, IReadOnlySet<long> marked)
    {
        var success = new DeliveryStatus(1, DeliveryState.Success, 1);
        var results = marked.Select(id => new SendResult { QueueId = id, Status = success, MessageId = $"m{id}" }).ToList();
        while (await TryAsync<object>(async () => await queue.CompleteAsync(block.Fence, results, Stop)) is null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Stop);
        }
    }

    private static async Task<T?> TryAsync<T>(Func<Task<T?>> call)
        where T : class
    {
        try
        {
            return await call();
        }
        catch (MailMarketingException)
        {
            return null;
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, deadline.Token);
        }
    }

    /// <summary>The counts that people see are those of the rows, nothing waits, and the campaign says so.</summary>
    private async Task AssertAddsUpAsync(ServiceProvider node, string connectionString, long id)
    {
        var campaign = (await node.GetRequiredService<ICampaignStore>().GetAsync(id, Stop))!;
        Assert.Equal((0, People), (campaign.Counts.Waiting, campaign.Counts.Planned));
        Assert.NotNull(campaign.CompletedAt);

        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(
            $"""
            SELECT count(*) FROM (SELECT state, count(*) AS n FROM {_schema}.delivery WHERE campaign_id = {id} GROUP BY state) AS rows
            FULL JOIN (
                SELECT state, sum(n) AS n FROM {_schema}.campaign_count WHERE campaign_id = {id}
                GROUP BY state HAVING sum(n) <> 0) AS counts
                USING (state, n)
            WHERE rows.state IS NULL OR counts.state IS NULL
            """,
            connection);
        Assert.Equal(0L, await command.ExecuteScalarAsync(Stop));
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using static MailMarketing.StorageCases.IntakeQueueFixture;
using static MailMarketing.StorageCases.StoreFixture;

namespace MailMarketing.Storage.Redis.Tests;

/// <summary>What becomes of a queue when its server is harmed; each test has a server of its own.</summary>
public sealed class RedisFaultTests : IAsyncLifetime
{
    private readonly RedisServer _server = new();

    private static ClaimRequest Request { get; } = new("default", 100, TimeSpan.FromSeconds(30));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_crash_keeps_everything_and_the_queue_goes_on_by_itself()
    {
        await _server.StartAsync("--appendfsync", "always");
        await using var node = Nodes.Build(_server.Configuration, "mail");
        var queue = node.GetRequiredService<ISendIntake>();
        var settings = node.GetRequiredService<ISenderSettingsStore>();
        await settings.UpdateAsync(before => before with { From = new Mailbox("News", "news@example.org") }, Stop);
        var life = await queue.AcceptAsync(Batch("c", 2, Job(1), Job(2), Job(3)), Stop);
        var block = (await queue.ClaimAsync(Request with { Max = 2 }, Stop))!;
        await queue.MarkAsync(block.Fence, [.. block.Jobs.Select(job => job.QueueId)], Stop);
        await queue.CompleteAsync(block.Fence, Trip.Results(block, DeliveryState.Success)[..1], Stop);

        await _server.CrashAsync();

        var reports = await Eventually.GetAsync<ReportBatch>(async () => await queue.ReadReportsAsync(10, Stop));
        Assert.Equal(life, reports.Incarnation);
        Assert.Equal(DeliveryState.Success, Assert.Single(reports.Events).Status.State);
        Assert.Equal("News", (await settings.GetAsync(Stop)).From!.Name);
        Assert.Equal(0, await queue.CompleteAsync(block.Fence, Trip.Results(block, DeliveryState.Failure)[1..], Stop));
        Assert.Equal(JobId.Of(3), Assert.Single((await queue.ClaimAsync(Request, Stop))!.Jobs).JobId);
    }

    [Fact]
    public async Task An_emptied_server_begins_a_new_life_in_which_old_claims_change_nothing()
    {
        await _server.StartAsync();
        await using var node = Nodes.Build(_server.Configuration, "mail");
        var queue = node.GetRequiredService<ISendIntake>();
        await using var server = await RedisServer.ConnectAsync(_server.Configuration);
        var life = await queue.AcceptAsync(Batch("c", 2, Job(1), Job(2)), Stop);
        var old = (await queue.ClaimAsync(Request, Stop))!;
        long[] ids = [.. old.Jobs.Select(job => job.QueueId)];
        await queue.MarkAsync(old.Fence, [ids[0]], Stop);

        await server.GetServers()[0].FlushAllDatabasesAsync();

        Assert.Null(await queue.ClaimAsync(Request, Stop));
        Assert.Empty(await queue.MarkAsync(old.Fence, ids, Stop));
        Assert.False(await queue.RenewAsync(old.Fence, TimeSpan.FromSeconds(30), Stop));
        await queue.ReleaseAsync(old.Fence, ids, Stop);
        await queue.AcknowledgeReportsAsync(old.Fence, Stop);
        Assert.Equal(2, await queue.CompleteAsync(old.Fence, Trip.Results(old, DeliveryState.Success), Stop));
        var reports = await queue.ReadReportsAsync(10, Stop);
        Assert.Empty(reports.Events);
        Assert.NotEqual(life, reports.Incarnation);

        Assert.Equal(reports.Incarnation, await queue.AcceptAsync(Batch("c", 2, Job(1), Job(2)), Stop));
        var block = (await queue.ClaimAsync(Request, Stop))!;
        Assert.Equal(2, block.Jobs.Count);
        Assert.True(block.Fence > old.Fence);
        Assert.Empty(block.Jobs.Select(job => job.QueueId).Intersect(ids));
        Assert.Equal(2, await queue.CompleteAsync(old.Fence, Trip.Results(old, DeliveryState.Success), Stop));
        await Trip.SendAsync(queue, block);
    }

    [Fact]
    public async Task While_memory_is_full_nothing_new_is_taken_but_outcomes_are_written_and_reported()
    {
        await _server.StartAsync();
        await using var node = Nodes.Build(_server.Configuration, "mail");
        var queue = node.GetRequiredService<ISendIntake>();
        await using var server = await RedisServer.ConnectAsync(_server.Configuration);
        await queue.AcceptAsync(Batch("c", 2, Job(1), Job(2), Job(3)), Stop);
        var block = (await queue.ClaimAsync(Request with { Max = 2 }, Stop))!;
        await queue.MarkAsync(block.Fence, [block.Jobs[0].QueueId], Stop);
        await server.GetServers()[0].ConfigSetAsync("maxmemory", "1mb");

        var refusal = await Assert.ThrowsAsync<MailMarketingException>(() => queue.AcceptAsync(Batch("c", 2, Job(4)), Stop));
        Assert.Contains("memory", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<MailMarketingException>(() => queue.ClaimAsync(Request, Stop));
        Assert.Equal(0, await queue.CompleteAsync(block.Fence, Trip.Results(block, DeliveryState.Success)[..1], Stop));
        await queue.ReleaseAsync(block.Fence, [block.Jobs[1].QueueId], Stop);
        var reports = await queue.ReadReportsAsync(10, Stop);
        Assert.Equal(DeliveryState.Success, Assert.Single(reports.Events).Status.State);
        await queue.AcknowledgeReportsAsync(reports.UpTo, Stop);

        await server.GetServers()[0].ConfigSetAsync("maxmemory", "0");
        Assert.Equal(2, (await queue.ClaimAsync(Request, Stop))!.Jobs.Count);
    }

    [Fact]
    public async Task A_server_that_is_away_at_the_start_is_a_failure_until_it_is_there()
    {
        await using var node = Nodes.Build(_server.Configuration, "mail");
        var queue = node.GetRequiredService<ISendIntake>();
        var failure = await Assert.ThrowsAsync<MailMarketingException>(() => queue.ClaimAsync(Request, Stop));
        Assert.Contains("127.0.0.1", failure.Message, StringComparison.Ordinal);

        await _server.StartAsync();

        await Eventually.GetAsync<string>(async () => await queue.AcceptAsync(Batch("c", 2, Job(1)), Stop));
        await Trip.SendAsync(queue, (await queue.ClaimAsync(Request, Stop))!);
    }

    [Fact]
    public async Task A_cluster_runs_the_same_round_trip()
    {
        await _server.StartAsync("--cluster-enabled", "yes");
        await using (var server = await RedisServer.ConnectAsync(_server.Configuration))
        {
            await server.GetServers()[0].ExecuteAsync("CLUSTER", ["ADDSLOTSRANGE", "0", "16383"]);
            await Eventually.GetAsync(async () =>
                (string?)await server.GetServers()[0].ExecuteAsync("CLUSTER", ["INFO"]) is { } info
                    && info.Contains("cluster_state:ok", StringComparison.Ordinal) ? info : null);
        }

        await using var node = Nodes.Build(_server.Configuration, "mail");

        await Trip.RunAsync(node, acknowledge: true);
    }

    [Fact]
    public async Task A_server_that_may_lose_mail_is_warned_of_once()
    {
        await _server.StartAsync("--appendonly", "no", "--maxmemory-policy", "allkeys-lru");
        var warnings = new Warnings();
        await using var node = Nodes.Build(
            builder => builder.UseRedisIntake(_server.Configuration),
            services => services.AddLogging(logging => logging.AddProvider(warnings)));

        await node.GetRequiredService<ISenderSettingsStore>().GetAsync(Stop);
        await node.GetRequiredService<ISendQueue>().ClaimAsync(Request, Stop);

        Assert.Equal(2, warnings.Texts.Count);
        Assert.Contains("appendonly yes", warnings.Texts[0], StringComparison.Ordinal);
        Assert.Contains("allkeys-lru", warnings.Texts[1], StringComparison.Ordinal);
    }
}

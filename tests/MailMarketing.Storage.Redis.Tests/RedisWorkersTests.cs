using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;
using static MailMarketing.StorageCases.IntakeQueueFixture;
using static MailMarketing.StorageCases.StoreFixture;

namespace MailMarketing.Storage.Redis.Tests;

/// <summary>Several processes on one server, by its own clock.</summary>
public sealed class RedisWorkersTests
{
    private static ClaimRequest Request { get; } = new("default", 20, TimeSpan.FromSeconds(30));

    [Fact]
    public async Task Two_processes_share_a_lane_without_handing_a_job_out_twice()
    {
        var prefix = Nodes.NewPrefix();
        await using var one = Nodes.Build(RedisServer.Shared, prefix);
        await using var other = Nodes.Build(RedisServer.Shared, prefix);
        await AcceptAsync(one, "c", Enumerable.Range(1, 300));
        await AcceptAsync(other, "d", Enumerable.Range(301, 300));
        var sent = new ConcurrentBag<JobId>();

        await Task.WhenAll(new[] { one, one, other, other }.Select(node => Task.Run(() => WorkAsync(node, sent))));

        Assert.Equal(600, sent.Count);
        Assert.Equal(600, sent.Distinct().Count());
        Assert.Equal(600, (await one.GetRequiredService<ISendIntake>().ReadReportsAsync(1000, Stop)).Events.Count);
    }

    [Fact]
    public async Task The_clock_of_the_server_ends_a_lease()
    {
        await using var node = Nodes.Build(RedisServer.Shared, Nodes.NewPrefix());
        var queue = node.GetRequiredService<ISendQueue>();
        await AcceptAsync(node, "c", [1]);
        var lost = (await queue.ClaimAsync(Request with { Lease = TimeSpan.FromMilliseconds(50) }, Stop))!;

        var block = await Eventually.GetAsync(() => queue.ClaimAsync(Request, Stop));

        Assert.True(block.Fence > lost.Fence);
        Assert.Equal(lost.Jobs[0].QueueId, block.Jobs[0].QueueId);
    }

    [Fact]
    public async Task Two_prefixes_know_nothing_of_each_other()
    {
        await using var one = Nodes.Build(RedisServer.Shared, Nodes.NewPrefix());
        await using var other = Nodes.Build(RedisServer.Shared, Nodes.NewPrefix());

        var lives = (await AcceptAsync(one, "c", [1]), await AcceptAsync(other, "c", [1]));

        Assert.NotEqual(lives.Item1, lives.Item2);
        Assert.Single((await one.GetRequiredService<ISendQueue>().ClaimAsync(Request, Stop))!.Jobs);
        Assert.Single((await other.GetRequiredService<ISendQueue>().ClaimAsync(Request, Stop))!.Jobs);
    }

    [Fact]
    public async Task All_keys_are_in_one_slot()
    {
        var prefix = Nodes.NewPrefix();
        await using var node = Nodes.Build(RedisServer.Shared, prefix);
        await using var server = await RedisServer.ConnectAsync(RedisServer.Shared);

        await Trip.RunAsync(node, acknowledge: false);

        var keys = Keys(server, prefix);
        Assert.Superset(
            new HashSet<string>
            {
                "claim", "content", "control", "due", "fields", "id", "job", "outbox", "queue", "settings", "streams", "withdrawn",
            },
            keys.Select(key => Kind(key, prefix)).ToHashSet());
        Assert.Single(keys.Select(key => server.HashSlot(key)).Distinct());
    }

    [Fact]
    public async Task What_has_arrived_leaves_nothing_but_what_recognises_it()
    {
        var prefix = Nodes.NewPrefix();
        await using var node = Nodes.Build(RedisServer.Shared, prefix);
        var queue = node.GetRequiredService<ISendIntake>();
        await using var server = await RedisServer.ConnectAsync(RedisServer.Shared);
        await AcceptAsync(node, "c", Enumerable.Range(1, 1500));
        while (await queue.ClaimAsync(Request with { Max = 500 }, Stop) is { } block)
        {
            await Trip.SendAsync(queue, block);
        }

        await queue.AcknowledgeReportsAsync((await queue.ReadReportsAsync(2000, Stop)).UpTo, Stop);

        var database = server.GetDatabase();
        Assert.Empty((await queue.ReadReportsAsync(1, Stop)).Events);
        var left = Keys(server, prefix);
        Assert.Empty(left.Select(key => Kind(key, prefix)).Except(["control", "id", "job", "outbox", "queue"]));
        var kept = left.Where(key => Kind(key, prefix) is "id" or "job").ToList();
        Assert.Equal(3000, kept.Count);
        Assert.All(
            kept.Take(10), key => Assert.InRange(database.KeyTimeToLive(key)!.Value, TimeSpan.FromHours(23), TimeSpan.FromHours(24)));
    }

    [Fact]
    public async Task A_late_success_is_kept_after_the_failure_has_arrived()
    {
        await using var node = Nodes.Build(RedisServer.Shared, Nodes.NewPrefix());
        var queue = node.GetRequiredService<ISendIntake>();
        await AcceptAsync(node, "c", [1]);
        var block = (await queue.ClaimAsync(Request, Stop))!;
        await queue.CompleteAsync(block.Fence, Trip.Results(block, DeliveryState.Failure), Stop);
        await queue.AcknowledgeReportsAsync((await queue.ReadReportsAsync(10, Stop)).UpTo, Stop);

        Assert.Equal(0, await queue.CompleteAsync(block.Fence, Trip.Results(block, DeliveryState.Success), Stop));

        Assert.Equal(DeliveryState.Success, Assert.Single((await queue.ReadReportsAsync(10, Stop)).Events).Status.State);
    }

    [Fact]
    public async Task A_cancel_ends_more_jobs_than_one_block()
    {
        await using var node = Nodes.Build(RedisServer.Shared, Nodes.NewPrefix());
        var queue = node.GetRequiredService<ISendIntake>();
        await AcceptAsync(node, "c", Enumerable.Range(1, 2500));
        var cancel = new SendControl { CampaignId = "c", Revision = 3, State = CampaignState.Cancelled };

        await queue.ControlAsync(cancel, Stop);
        await queue.ControlAsync(cancel, Stop);

        var reports = (await queue.ReadReportsAsync(5000, Stop)).Events;
        Assert.Equal(2500, reports.Count);
        Assert.All(reports, report => Assert.Equal(DeliveryState.Cancelled, report.Status.State));
    }

    private static Task<string> AcceptAsync(ServiceProvider node, string campaign, IEnumerable<int> ids) =>
        node.GetRequiredService<ISendIntake>().AcceptAsync(Batch(campaign, 2, [.. ids.Select(id => Job(id))]), Stop);

    private static async Task WorkAsync(ServiceProvider node, ConcurrentBag<JobId> sent)
    {
        var queue = node.GetRequiredService<ISendQueue>();
        while (await queue.ClaimAsync(Request, Stop) is { } block)
        {
            await Trip.SendAsync(queue, block);
            block.Jobs.ToList().ForEach(job => sent.Add(job.JobId));
        }
    }

    private static string Kind(string key, string prefix) => key[$"{{{prefix}}}:".Length..].Split(':')[0];

    private static List<string> Keys(ConnectionMultiplexer server, string prefix) =>
        [.. server.GetServers()[0].Keys(pattern: $"{{{prefix}}}:*", pageSize: 1000).Select(key => (string)key!)];
}

using System.Diagnostics;
using MailMarketing.Faults.Tests.Checking;
using MailMarketing.Faults.Tests.Rig;
using ReferenceHost.Tests;
using ReferenceHost.Tests.TwoServices;

namespace MailMarketing.Faults.Tests;

/// <summary>
/// Pause and cancel, at a gateway that takes 200 ms for a message: how long after the answer the last request leaves.
/// </summary>
[Collection("obedience"), Trait("Row", "P7")]
public sealed class ObedienceTests
{
    private const int People = 2_000;

    // As promised. The output has what it was
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(1);

    // What nobody sends for so long nobody sends
    private static readonly TimeSpan _watched = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task In_two_services_with_three_email_clients_nothing_leaves_later_than_a_second_after_a_pause_or_a_cancellation()
    {
        await using var deployment = new Slow();
        await deployment.InitializeAsync();
        var services = deployment.Services;
        FaultProxy[] ways = [.. services.Clients.Select(client => client.ToGateway)];
        var run = await Run.StartAsync(services, "P7", 1, People);
        await run.UnderWayAsync(0.05, 0.1);
        await run.StrikeAsync(async () =>
        {
            await AssertObeyedAsync(services.Api, run.Campaign, "pause", ways);
            await services.Api.PostAsync($"campaigns/{run.Campaign}/resume");
        });
        var paused = (double)await run.TakenAsync() / run.People;
        await run.UnderWayAsync(paused + 0.05, paused + 0.1);
        await run.StrikeAsync(() => AssertObeyedAsync(services.Api, run.Campaign, "cancel", ways));
        var report = await run.EndAsync(ends: "cancelled");
        Assert.InRange(report.Accepted, 1, report.Expected - 1);
    }

    [Fact]
    public async Task In_one_process_nothing_leaves_later_than_a_second_after_a_pause_or_a_cancellation()
    {
        var folder = Directory.CreateTempSubdirectory("mailmarketing-");
        var (gateway, web) = (Topology.FreePort(), Topology.FreePort());
        await using var way = new FaultProxy(gateway);
        var (process, _) = await HostProcess.StartAsync("all",
        [
            $"DataDirectory={folder.FullName}", $"Web:Url=http://127.0.0.1:{web}", $"EmailClient:Url=http://127.0.0.1:{Topology.FreePort()}",
            $"MockGateway:Url=http://127.0.0.1:{gateway}", $"Gateway:Url=http://127.0.0.1:{way.Port}", "MockGateway:Weights=202=1",
            "MockGateway:Latency=00:00:00.2",
        ]);
        await using (process)
        {
            using var api = new Api(new Uri($"http://127.0.0.1:{web}"));
            await api.SetSenderAsync();
            var campaign = await api.DraftAsync(People);
            await api.StartAsync(campaign);
            await Api.UntilAsync(async () => await api.CountAsync(campaign, "success") >= People / 20);
            await AssertObeyedAsync(api, campaign, "pause", way);
            var paused = await api.CountAsync(campaign, "success");
            await api.PostAsync($"campaigns/{campaign}/resume");
            await Api.UntilAsync(async () => await api.CountAsync(campaign, "success") >= paused + (People / 20));
            await AssertObeyedAsync(api, campaign, "cancel", way);
            await api.CompletedAsync(campaign);
            Assert.InRange(await api.CountAsync(campaign, "cancelled"), 1, People - paused);
        }

        folder.Delete(recursive: true);
    }

    private static async Task AssertObeyedAsync(Api api, long campaign, string command, params FaultProxy[] ways)
    {
        await Api.UntilAsync(() => Task.FromResult(ways.All(way => way.InFlight > 0)), () => "An email client has nothing to send.");
        await api.PostAsync($"campaigns/{campaign}/{command}");
        var answered = Stopwatch.GetTimestamp();
        await Task.Delay(_watched, TestContext.Current.CancellationToken);
        foreach (var last in ways.Select(way => way.LastRequest).Where(last => last > answered))
        {
            var late = Stopwatch.GetElapsedTime(answered, last);
            TestContext.Current.TestOutputHelper?.WriteLine($"{command}: the last request left {late.TotalMilliseconds:0} ms after the answer.");
            Assert.True(late <= _longest, $"A request left {late} after the answer to {command}.");
        }
    }
}

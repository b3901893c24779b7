using System.Diagnostics;
using MailMarketing.Faults.Tests.Checking;
using MailMarketing.Faults.Tests.Rig;

namespace MailMarketing.Faults.Tests;

/// <summary>Pause and cancel in two services, with two email clients and a gateway that takes 200 ms for a message.</summary>
public sealed class ObedienceTests : IClassFixture<Slow>
{
    // A request that leaves later than this after the answer breaks the promise; what nobody sends for twice as long nobody sends
    private static readonly TimeSpan _promised = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _watched = 3 * _promised;

    private readonly Rig.Services _services;

    public ObedienceTests(Slow deployment) => _services = deployment.Services;

    [Fact, Trait("Row", "P7")]
    public async Task Nothing_reaches_the_gateway_later_than_a_second_after_a_pause_or_a_cancellation_was_answered()
    {
        var run = await Run.StartAsync(_services, "P7", 1, 2_000);
        await run.UnderWayAsync(0.05, 0.1);
        await AssertObeyedAsync(run, "pause");
        await _services.Api.PostAsync($"campaigns/{run.Campaign}/resume");
        var paused = await run.TakenAsync();
        await run.UnderWayAsync((double)(paused + 100) / run.People, (double)(paused + 200) / run.People);
        await AssertObeyedAsync(run, "cancel");
        Assert.InRange(await run.TakenAsync(), paused + 100, run.People - 1);
    }

    private async Task AssertObeyedAsync(Run run, string command)
    {
        Assert.All(_services.Clients, client => Assert.True(client.ToGateway.InFlight > 0, "An email client has nothing to send."));
        await _services.Api.PostAsync($"campaigns/{run.Campaign}/{command}");
        var answered = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(answered) < _watched)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        foreach (var last in _services.Clients.Select(client => client.ToGateway.LastRequest).Where(last => last > answered))
        {
            var late = Stopwatch.GetElapsedTime(answered, last);
            TestContext.Current.TestOutputHelper?.WriteLine($"{command}: the last request left {late.TotalMilliseconds:0} ms after the answer.");
            Assert.True(late <= _promised, $"A request left {late} after the answer to {command}.");
        }
    }
}

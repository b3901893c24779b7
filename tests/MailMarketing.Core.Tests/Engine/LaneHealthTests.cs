using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using MailMarketing.Engine;
using Microsoft.Extensions.Time.Testing;

namespace MailMarketing.Core.Tests.Engine;

public sealed class LaneHealthTests
{
    /// <summary>What a gateway answers, and how people are told of it.</summary>
    public static TheoryData<string, string> Answers => new()
    {
        { nameof(GatewayOutcome.Unauthorized), "The gateway refuses the credentials" },
        { nameof(GatewayOutcome.Throttled), "The gateway asked to wait" },
        { nameof(GatewayOutcome.Deferred), "The gateway takes nothing at the moment" },
    };

    [Theory, MemberData(nameof(Answers))]
    public void Whatever_closes_a_lane_is_told_with_its_reason(string outcome, string told)
    {
        var gates = new LaneGates(new FakeTimeProvider());
        var states = new GateStates(gates);
        Assert.Null(states.ClosedBecause("bulk"));
        for (var answer = 0; answer < 20; answer++)
        {
            gates.Of("bulk").Record(new GatewayResult(Enum.Parse<GatewayOutcome>(outcome), "It said why."));
        }

        Assert.StartsWith(told, states.ClosedBecause("bulk"), StringComparison.Ordinal);
        Assert.EndsWith("It said why.", states.ClosedBecause("bulk"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_meter_tells_whether_a_lane_sends()
    {
        // Other tests run engines of their own, and the meter hears them all
        const string Metered = "metered";
        var told = new ConcurrentQueue<int>();
        await using var engine = new EngineHarness(lane: Metered);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument is { Meter.Name: MailMarketingTelemetry.MeterName, Name: "mailmarketing.lane.open" })
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((_, value, tags, _) =>
        {
            if (tags[0].Value is Metered)
            {
                told.Enqueue(value);
            }
        });
        listener.Start();
        engine.Gateway.RequiresCredentials = true;
        engine.Credentials = null;
        await engine.StartAsync();
        await engine.UntilAsync(() => !told.IsEmpty);
        Assert.DoesNotContain(1, told);
        engine.Credentials = new("user", "secret");
        await engine.UntilAsync(() => told.Contains(1));
        Assert.Equal([0, 1], told.Distinct());
    }
}

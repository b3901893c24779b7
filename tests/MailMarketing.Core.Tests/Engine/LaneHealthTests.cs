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
        var told = new ConcurrentQueue<int>();
        await using var engine = new EngineHarness();
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
            // Other tests run engines of their own: only a lane that closes for want of credentials is this one's
            if (value == (engine.Credentials is null ? 0 : 1) && tags[0].Value is "bulk")
            {
                told.Enqueue(value);
            }
        });
        listener.Start();
        engine.Credentials = null;
        await engine.StartAsync();
        await engine.UntilAsync(() => told.Contains(0));
        engine.Credentials = new("user", "secret");
        await engine.UntilAsync(() => told.Contains(1));
    }
}

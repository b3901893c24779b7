using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MailMarketing;

/// <summary>The names under which MailMarketing tells OpenTelemetry what it does.</summary>
public static class MailMarketingTelemetry
{
    /// <summary>The activity source's name, for <c>AddSource</c>.</summary>
    public const string ActivitySourceName = "MailMarketing";

    /// <summary>The meter's name, for <c>AddMeter</c>.</summary>
    public const string MeterName = "MailMarketing";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> AttemptCounter = Meter.CreateCounter<long>(
        "mailmarketing.attempts", "{attempt}", "Messages that a gateway was given, by lane and its answer.");

    private static readonly Counter<long> OutcomeCounter = Meter.CreateCounter<long>(
        "mailmarketing.outcomes", "{delivery}", "What became of claimed deliveries, by lane and state.");

    private static readonly Counter<long> LostCounter = Meter.CreateCounter<long>(
        "mailmarketing.lost_claims", "{delivery}", "Outcomes that the store refused since another worker has the delivery by now.");

    private static readonly Histogram<double> SliceTime = Meter.CreateHistogram<double>(
        "mailmarketing.slice.duration", "s", "How long a gateway took for a slice, by lane.");

    private static readonly Counter<long> DifferenceCounter = Meter.CreateCounter<long>(
        "mailmarketing.reconciliation.differences", "{difference}", "What did not add up when campaigns were reconciled.");

    private static readonly Gauge<int> LaneGauge = Meter.CreateGauge<int>(
        "mailmarketing.lane.open", null,
        "1 where a lane sends, 0 where it waits: for credentials, for as long as its gateway asked, or for a gateway that works again.");

    internal static ActivitySource Source { get; } = new(ActivitySourceName);

    internal static void Attempt(string lane, GatewayOutcome outcome) =>
        AttemptCounter.Add(1, new("lane", lane), new KeyValuePair<string, object?>("outcome", outcome.ToString()));

    internal static void Outcome(string lane, DeliveryState state) =>
        OutcomeCounter.Add(1, new("lane", lane), new KeyValuePair<string, object?>("state", state.ToString()));

    internal static void Lost(string lane, int count) => LostCounter.Add(count, new KeyValuePair<string, object?>("lane", lane));

    internal static void Slice(string lane, TimeSpan elapsed) =>
        SliceTime.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("lane", lane));

    internal static void Lane(string lane, bool isOpen) => LaneGauge.Record(isOpen ? 1 : 0, new KeyValuePair<string, object?>("lane", lane));

    internal static void Difference(int count) => DifferenceCounter.Add(count);
}

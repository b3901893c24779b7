using System.Globalization;

namespace MailMarketing.Faults.Tests.Checking;

/// <summary>What a run came to.</summary>
internal sealed record Report
{
    public const string Head =
        "seed, fault, faults_landed, in_flight_hits, expected, accepted_unique, lost, dup_dedupe, dup_naive, uncertain, regressions, stuck, "
        + "max_recovery_ms";

    public required int Seed { get; init; }

    public required string Fault { get; init; }

    /// <summary>Faults that struck.</summary>
    public required int Landed { get; init; }

    /// <summary>Those of them that found a message on its way.</summary>
    public required int InFlightHits { get; init; }

    public required int Expected { get; init; }

    /// <summary>Recipients that the gateway took a message for.</summary>
    public required int Accepted { get; init; }

    /// <summary>Recipients that the gateway took no message for, and of which nobody is told why.</summary>
    public required int Lost { get; init; }

    /// <summary>Messages that were taken again under the same key, or a key that came with other bytes.</summary>
    public required int RepeatedByKey { get; init; }

    /// <summary>Messages that were taken again for the same recipient.</summary>
    public required int Repeated { get; init; }

    /// <summary>Deliveries that ended unknown.</summary>
    public required int Uncertain { get; init; }

    /// <summary>Deliveries that left a final state.</summary>
    public required int Regressions { get; init; }

    /// <summary>Deliveries that did not end.</summary>
    public required int Stuck { get; init; }

    /// <summary>Deliveries of which the API says otherwise than the gateway.</summary>
    public required int Untrue { get; init; }

    /// <summary>The longest time from a fault's end to the next message that was taken; null where all had been.</summary>
    public required double? Recovery { get; init; }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Seed}, {Fault}, {Landed}, {InFlightHits}, {Expected}, {Accepted}, {Lost}, {RepeatedByKey}, {Repeated}, {Uncertain}, {Regressions}, "
        + $"{Stuck}, {Recovery:0}");
}

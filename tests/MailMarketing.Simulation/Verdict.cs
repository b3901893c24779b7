namespace MailMarketing.Simulation;

/// <summary>What became of a run.</summary>
internal sealed record Verdict
{
    public required Plan Plan { get; init; }

    public required IReadOnlyList<string> Violations { get; init; }

    public required IReadOnlyList<string> Trace { get; init; }

    public required string TraceHash { get; init; }

    /// <summary>Crashes, freezes and lost calls.</summary>
    public required int Faults { get; init; }

    /// <summary>Those that met a message on its way.</summary>
    public required int HitsInFlight { get; init; }

    /// <summary>Messages that the gateway took.</summary>
    public required int Accepted { get; init; }

    /// <summary>How often the poison killed.</summary>
    public required int PoisonDeaths { get; init; }

    public required int Arrivals { get; init; }

    public required TimeSpan Lasted { get; init; }

    public bool IsGood => Violations.Count == 0;

    /// <summary>A run in which nothing was taken or no fault met a message proves nothing.</summary>
    public bool IsInvalid => IsGood && (Accepted == 0 || HitsInFlight == 0);

    public override string ToString() =>
        $"seed={Plan.Seed} {(IsInvalid ? "INVALID" : IsGood ? "ok" : "FAILED")} shape={(Plan.TwoServices ? "two" : "one")} "
        + $"keys={(Plan.Keyed ? "yes" : "no")} policy={Plan.Policy} expected={Plan.People} accepted={Accepted} arrivals={Arrivals} "
        + $"faults_landed={Faults} in_flight_hits={HitsInFlight} simulated={Lasted:hh\\:mm\\:ss} trace={TraceHash[..16]}";
}

namespace MailMarketing;

/// <summary>What is known of a delivery's fate: the part of it that reports join into.</summary>
/// <param name="Round">1, and one more each time a person retries or resends.</param>
/// <param name="State">Where it stands within the round.</param>
/// <param name="Attempts">Wire requests made in the round.</param>
public readonly record struct DeliveryStatus(int Round, DeliveryState State, int Attempts)
{
    /// <summary>Whether the delivery waits for something still to happen in this round.</summary>
    public bool IsWaiting => Rank(State) == 0;

    /// <summary>
    /// Whether <paramref name="report"/> says more than this status does, and so replaces it. Reports lost, repeated, late or in any
    /// order all end the same: a report of another round is ignored; a higher rank wins; among waiting states more attempts win.
    /// </summary>
    public bool YieldsTo(DeliveryStatus report)
    {
        if (report.Round != Round)
        {
            return false;
        }

        var (mine, theirs) = (Rank(State), Rank(report.State));
        return theirs > mine
            || (theirs == 0 && mine == 0 && (report.Attempts, (int)report.State).CompareTo((Attempts, (int)State)) > 0);
    }

    /// <summary>Waiting 0 &lt; not sent 1 &lt; unknown 2 &lt; sent 3.</summary>
    private static int Rank(DeliveryState state) => state switch
    {
        DeliveryState.Pending or DeliveryState.Sending or DeliveryState.Retry => 0,
        DeliveryState.Failure or DeliveryState.AuthFailure or DeliveryState.Suppressed or DeliveryState.Cancelled => 1,
        DeliveryState.Unknown => 2,
        DeliveryState.Success => 3,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "This is not a state of a delivery."),
    };
}

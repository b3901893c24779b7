namespace MailMarketing;

/// <summary>What is known of a delivery's fate: the part of it that reports join into.</summary>
/// <param name="Round">1, and one more each time a person retries or resends.</param>
/// <param name="State">Where it stands within the round.</param>
/// <param name="Attempts">Wire requests made in the round.</param>
public readonly record struct DeliveryStatus(int Round, DeliveryState State, int Attempts)
{
    /// <summary>Whether the delivery waits for something still to happen in this round.</summary>
    public bool IsWaiting => Fate(State) == 0;

    /// <summary>
    /// Whether <paramref name="report"/> says more than this status does, and so replaces it. Reports lost, repeated, late or in any
    /// order all end the same: a report of another round is ignored; a higher fate wins; in the same one more attempts win.
    /// </summary>
    public bool YieldsTo(DeliveryStatus report) => report.Round == Round && report.Order.CompareTo(Order) > 0;

    // Attempts part what waits before its state does; what ended has one state in each fate
    private (int, int, int) Order => (Fate(State), Attempts, (int)State);

    /// <summary>
    /// Waiting &lt; not sent &lt; unknown &lt; sent. Among what was not sent, an answer of the gateway says more than never having asked it.
    /// </summary>
    private static int Fate(DeliveryState state) => state switch
    {
        DeliveryState.Pending or DeliveryState.Sending or DeliveryState.Retry => 0,
        DeliveryState.Cancelled => 1,
        DeliveryState.Suppressed => 2,
        DeliveryState.AuthFailure => 3,
        DeliveryState.Failure => 4,
        DeliveryState.Unknown => 5,
        DeliveryState.Success => 6,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "This is not a state of a delivery."),
    };
}

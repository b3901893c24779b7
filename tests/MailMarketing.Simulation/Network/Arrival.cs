namespace MailMarketing.Simulation;

/// <summary>A request that reached the gateway.</summary>
/// <param name="At">When it was answered.</param>
/// <param name="Key">Its key.</param>
/// <param name="Bytes">A hash of all that was in it.</param>
/// <param name="Outcome">The answer.</param>
/// <param name="IsReplay">Whether an earlier answer was given again.</param>
internal sealed record Arrival(DateTimeOffset At, string Key, string Bytes, GatewayOutcome Outcome, bool IsReplay)
{
    /// <summary>Whether one more email is on its way to somebody.</summary>
    public bool IsNew => Outcome == GatewayOutcome.Accepted && !IsReplay;
}

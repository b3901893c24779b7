namespace MailMarketing.Engine;

/// <summary>A lane as people see it.</summary>
/// <param name="Lane">Its name.</param>
/// <param name="State">Whether it sends.</param>
/// <param name="Reason">Why it does not, and what to do; null where it does.</param>
/// <param name="NextTry">When it tries again by itself; null where it is open or waits for a person.</param>
internal sealed record LaneStatus(string Lane, GateState State, string? Reason, DateTimeOffset? NextTry);

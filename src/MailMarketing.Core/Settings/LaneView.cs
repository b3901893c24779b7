namespace MailMarketing;

/// <summary>A lane as people see it.</summary>
/// <param name="Name">The gateway's name.</param>
/// <param name="Configured">Whether it has the credentials it needs; true where it needs none.</param>
/// <param name="State">Whether it takes messages.</param>
/// <param name="Reason">Why it is closed; null where it is open.</param>
public sealed record LaneView(string Name, bool Configured, LaneState State, string? Reason)
{
    /// <summary>Whether its gateway carries files.</summary>
    public bool Attachments { get; init; }
}

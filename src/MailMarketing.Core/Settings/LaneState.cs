namespace MailMarketing;

/// <summary>Whether a lane takes messages.</summary>
public enum LaneState
{
    /// <summary>It takes messages.</summary>
    Open,

    /// <summary>It waits, for the reason beside it.</summary>
    Closed,
}

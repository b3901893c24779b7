namespace MailMarketing;

/// <summary>Where a campaign stands.</summary>
public enum CampaignState
{
    /// <summary>Being written; nothing is frozen yet.</summary>
    Draft,

    /// <summary>Starts by itself at its time.</summary>
    Scheduled,

    /// <summary>The audience is frozen and deliveries are being sent.</summary>
    Running,

    /// <summary>A person stopped sending for now.</summary>
    Paused,

    /// <summary>Every delivery has its final state.</summary>
    Completed,

    /// <summary>A person ended it; what was not sent is cancelled.</summary>
    Cancelled,
}

namespace MailMarketing;

/// <summary>What moves a campaign: the commands of a person, and the end of its last delivery.</summary>
internal enum CampaignCommand
{
    /// <summary>Have it start by itself at a time, or at another one.</summary>
    Schedule,

    /// <summary>Take the time away.</summary>
    Unschedule,

    /// <summary>Freeze and send, by a person or at its time.</summary>
    Start,

    /// <summary>Stop sending for now.</summary>
    Pause,

    /// <summary>Go on.</summary>
    Resume,

    /// <summary>End it.</summary>
    Cancel,

    /// <summary>Begin new rounds of deliveries.</summary>
    Retry,

    /// <summary>Say of unknown deliveries that they were sent.</summary>
    ConfirmSent,

    /// <summary>The last delivery has ended. Nobody asks for it.</summary>
    Complete,
}

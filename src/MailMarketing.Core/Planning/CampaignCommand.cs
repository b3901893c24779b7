namespace MailMarketing;

/// <summary>What a person can tell a campaign to do.</summary>
internal enum CampaignCommand
{
    Schedule,
    Start,
    Pause,
    Resume,
    Cancel,
    Retry,
}

namespace MailMarketing;

/// <summary>What the marketing side tells the sending side of a campaign, or of jobs to withdraw.</summary>
public sealed record SendControl
{
    /// <summary>The campaign; null where only jobs are withdrawn.</summary>
    public string? CampaignId { get; init; }

    /// <summary>The campaign's revision.</summary>
    public long Revision { get; init; }

    /// <summary>Running, paused or cancelled; null where only jobs are withdrawn.</summary>
    public CampaignState? State { get; init; }

    /// <summary>Jobs, by id and round, that end <see cref="DeliveryState.Suppressed"/> unless marked.</summary>
    public IReadOnlyList<(JobId Id, int Round)> Withdraw { get; init; } = [];

    /// <summary>Why they are withdrawn.</summary>
    public string? Reason { get; init; }
}

namespace MailMarketing;

/// <summary>One template for one audience, through one lane, at one time, in one state.</summary>
public sealed record Campaign
{
    /// <summary>The store's number; never reused.</summary>
    public required long Id { get; init; }

    /// <summary>What a person said of it.</summary>
    public required CampaignDraft Draft { get; init; }

    /// <summary>Where it stands.</summary>
    public CampaignState State { get; init; }

    /// <summary>Raised by each change of state; orders what is told to a sending side elsewhere.</summary>
    public long Revision { get; init; }

    /// <summary>How many deliveries are in each state; all zero before the start.</summary>
    public DeliveryCounts Counts { get; init; } = new();

    /// <summary>What its contact source gave; null before the start and where it has no source.</summary>
    public SourceCounts? SourceCounts { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its audience was frozen; null before.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the last delivery ended; null before.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
}

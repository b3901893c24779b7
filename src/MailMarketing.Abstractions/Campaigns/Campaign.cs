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

    /// <summary>Raised by each change of the draft and of the state; orders what is told to a sending side elsewhere.</summary>
    public long Revision { get; init; }

    /// <summary>How many deliveries are in each state; all zero before the start.</summary>
    public DeliveryCounts Counts { get; init; } = new();

    /// <summary>What its contact source gave; null before the start and where it has no source.</summary>
    public SourceCounts? SourceCounts { get; init; }

    /// <summary>When it starts by itself, or was to start; null where it never was scheduled.</summary>
    public DateTimeOffset? ScheduledAt { get; init; }

    /// <summary>Why it did not start at its time; null where it did, or a person has scheduled or started it since.</summary>
    public string? StartProblem { get; init; }

    /// <summary>What its last dry run came to; null where there was none.</summary>
    public DryRun? DryRun { get; init; }

    /// <summary>How its deliveries added up when that was last checked; null before.</summary>
    public Reconciliation? Reconciliation { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its audience was frozen; null before.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the last delivery ended; null before.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Since when its deliveries are dropped for their age; null where they are there. The counts stay.</summary>
    public DateTimeOffset? DeliveriesDroppedAt { get; init; }
}

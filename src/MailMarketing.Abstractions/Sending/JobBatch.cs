namespace MailMarketing;

/// <summary>Jobs handed over to a sending side in another process: one content for many recipients.</summary>
public sealed record JobBatch
{
    /// <summary>The campaign, as the marketing side calls it; null where it has none.</summary>
    public string? CampaignId { get; init; }

    /// <summary>The campaign's revision.</summary>
    public long Revision { get; init; }

    /// <summary>The gateway's name; null for the default lane.</summary>
    public string? Lane { get; init; }

    /// <summary>The incarnation of the queue that answered last, as far as the marketing side knows; null for none.</summary>
    public string? Queue { get; init; }

    /// <summary>What to do where an outcome stays unknown.</summary>
    public SendPolicy Policy { get; init; }

    /// <summary>What is the same for all.</summary>
    public required FrozenContent Content { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<HandedJob> Jobs { get; init; }
}

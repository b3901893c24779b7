namespace MailMarketing;

/// <summary>One delivery as the sending side works on it, with all it needs.</summary>
public sealed record SendJob
{
    /// <summary>The queue's own number, used in every call to the queue.</summary>
    public required long QueueId { get; init; }

    /// <summary>What the marketing side calls the job.</summary>
    public required JobId JobId { get; init; }

    /// <summary>The campaign, as the marketing side calls it; null where a job came without one.</summary>
    public string? CampaignId { get; init; }

    /// <summary>The campaign's revision when the job was claimed; 0 where there is none to tell.</summary>
    public long Revision { get; init; }

    /// <summary>What is the same for all recipients; one instance for all jobs of a block that share it.</summary>
    public required FrozenContent Content { get; init; }

    /// <summary>What to do where an outcome stays unknown.</summary>
    public SendPolicy Policy { get; init; }

    /// <summary>The recipient's frozen fields.</summary>
    public required IReadOnlyDictionary<string, object?> Fields { get; init; }

    /// <summary>Stable for the round, whatever crashes; at most 64 characters of URL-safe text.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>Round, state and wire requests made so far in the round; as they were before a mark that the claim itself made.</summary>
    public required DeliveryStatus Status { get; init; }

    /// <summary>Attempts that used up the allowed number; at most <see cref="DeliveryStatus.Attempts"/>.</summary>
    public int Spent { get; init; }

    /// <summary>How often the gateway refused the credentials for this job.</summary>
    public int Refusals { get; init; }

    /// <summary>Whether an attempt of this round may have reached the gateway without an answer, or was interrupted while marked as sending.</summary>
    public bool Ambiguous { get; init; }

    /// <summary>
    /// How often in a row a worker that had claimed it died, or was gone for longer than its lease, before anything became of it.
    /// </summary>
    public int Crashes { get; init; }

    /// <summary>When the round's first attempt was marked; null before.</summary>
    public DateTimeOffset? FirstAttemptAt { get; init; }

    /// <summary>How often it was handed over to a sending side elsewhere before this claim.</summary>
    public int HandedOver { get; init; }

    /// <summary>After this nothing is sent; null for no limit of its own.</summary>
    public DateTimeOffset? NotAfter { get; init; }
}

namespace MailMarketing;

/// <summary>One recipient of a <see cref="JobBatch"/>.</summary>
public sealed record HandedJob
{
    /// <summary>What the marketing side calls the job; (id, round) is recognised when it comes again.</summary>
    public required JobId JobId { get; init; }

    /// <summary>The round; 0 where the marketing side knows none.</summary>
    public int Round { get; init; }

    /// <summary>Wire requests that the marketing side knows of.</summary>
    public int Attempts { get; init; }

    /// <summary>Whether it was handed over before, as far as the marketing side can tell.</summary>
    public bool Repeated { get; init; }

    /// <summary>
    /// Whether a queue that lost everything since may have sent it. A queue that does not know such a job takes it as interrupted while
    /// it was being sent, and so a <see cref="Repeated"/> one where <see cref="JobBatch.Queue"/> is not itself.
    /// </summary>
    public bool MaybeSent { get; init; }

    /// <summary>The round's key; null to let the queue derive one from (id, round).</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>After this nothing is sent.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>The recipient's fields.</summary>
    public required IReadOnlyDictionary<string, object?> Fields { get; init; }
}

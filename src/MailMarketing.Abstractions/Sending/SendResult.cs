namespace MailMarketing;

/// <summary>What became of a claimed job.</summary>
public sealed record SendResult
{
    /// <summary>The job, by <see cref="SendJob.QueueId"/>.</summary>
    public required long QueueId { get; init; }

    /// <summary>Its round, the state it goes to (a final one, or <see cref="DeliveryState.Retry"/>) and its wire requests so far.</summary>
    public required DeliveryStatus Status { get; init; }

    /// <summary>See <see cref="SendJob.Spent"/>.</summary>
    public int Spent { get; init; }

    /// <summary>See <see cref="SendJob.Refusals"/>.</summary>
    public int Refusals { get; init; }

    /// <summary>See <see cref="SendJob.Ambiguous"/>.</summary>
    public bool Ambiguous { get; init; }

    /// <summary>For <see cref="DeliveryState.Retry"/>: how long from now, by the store's clock, it waits.</summary>
    public TimeSpan RetryAfter { get; init; }

    /// <summary>What the gateway called the message.</summary>
    public string? MessageId { get; init; }

    /// <summary>Why it was not sent, for people.</summary>
    public string? Error { get; init; }
}

namespace MailMarketing;

/// <summary>Something that happened to a delivery, as the sending side reports it.</summary>
public sealed record DeliveryEvent
{
    /// <summary>The job it happened to: at the marketing side, the delivery's id.</summary>
    public required JobId JobId { get; init; }

    /// <summary>The state it brings; round 0 where the job came without one.</summary>
    public required DeliveryStatus Status { get; init; }

    /// <summary>What the gateway called the message; at most 998 characters; null where it did not say.</summary>
    public string? MessageId { get; init; }

    /// <summary>Why it was not sent; null where it was.</summary>
    public string? Error { get; init; }

    /// <summary>When it happened, by the sending side's clock.</summary>
    public DateTimeOffset At { get; init; }
}

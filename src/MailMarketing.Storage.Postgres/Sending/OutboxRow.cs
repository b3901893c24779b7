namespace MailMarketing.Storage.Postgres;

/// <summary>A row of the table outbox.</summary>
internal sealed class OutboxRow
{
    public long Sequence { get; init; }

    public string JobId { get; init; } = "";

    public bool IsNumber { get; init; }

    public int Round { get; init; }

    public DeliveryState State { get; init; }

    public int Attempts { get; init; }

    public string? MessageId { get; init; }

    public string? Error { get; init; }

    public DateTime At { get; init; }

    public DeliveryEvent ToEvent() => new()
    {
        JobId = new JobId(JobId, IsNumber),
        Status = new DeliveryStatus(Round, State, Attempts),
        MessageId = MessageId,
        Error = Error,
        At = At,
    };
}

namespace MailMarketing.Storage.Sqlite;

/// <summary>A job of the intake that is being claimed.</summary>
internal sealed class JobRow
{
    public long Id { get; init; }

    public string JobId { get; init; } = "";

    public bool IsNumber { get; init; }

    public long Round { get; init; }

    public long StreamId { get; init; }

    public long ContentId { get; init; }

    public long Policy { get; init; }

    public string Fields { get; init; } = "{}";

    public string IdempotencyKey { get; init; } = "";

    public long? NotAfter { get; init; }

    public long State { get; set; }

    public long Attempts { get; init; }

    public long Spent { get; init; }

    public long Refusals { get; init; }

    public bool Ambiguous { get; set; }

    public long Crashes { get; init; }

    public long? FirstAttemptAt { get; init; }

    public string Campaign { get; init; } = "";

    public long? Stopped { get; init; }

    public SendJob ToJob(FrozenContent content) => new()
    {
        QueueId = Id,
        JobId = new JobId(JobId, IsNumber),
        CampaignId = Campaign.Length == 0 ? null : Campaign,
        Content = content,
        Policy = (SendPolicy)Policy,
        Fields = Json.ReadFields(Fields),
        IdempotencyKey = IdempotencyKey,
        Status = new DeliveryStatus((int)Round, (DeliveryState)State, (int)Attempts),
        Spent = (int)Spent,
        Refusals = (int)Refusals,
        Ambiguous = Ambiguous,
        Crashes = (int)Crashes,
        FirstAttemptAt = FirstAttemptAt is { } first ? DateTimeOffset.FromUnixTimeMilliseconds(first) : null,
        NotAfter = NotAfter is { } end ? DateTimeOffset.FromUnixTimeMilliseconds(end) : null,
    };
}

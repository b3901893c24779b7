namespace MailMarketing.Storage.Postgres;

/// <summary>A job of the intake that is being claimed.</summary>
internal sealed class JobRow
{
    public long Id { get; init; }

    public string JobId { get; init; } = "";

    public bool IsNumber { get; init; }

    public int Round { get; init; }

    public long StreamId { get; init; }

    public long ContentId { get; init; }

    public SendPolicy Policy { get; init; }

    public string Fields { get; init; } = "{}";

    public string IdempotencyKey { get; init; } = "";

    public DateTime? NotAfter { get; init; }

    public DeliveryState State { get; set; }

    public int Attempts { get; init; }

    public int Spent { get; init; }

    public int Refusals { get; init; }

    public bool Ambiguous { get; set; }

    public int Crashes { get; init; }

    public DateTime? FirstAttemptAt { get; init; }

    public string Campaign { get; init; } = "";

    public DeliveryState? Stopped { get; init; }

    public SendJob ToJob(FrozenContent content) => new()
    {
        QueueId = Id,
        JobId = new JobId(JobId, IsNumber),
        CampaignId = Campaign.Length == 0 ? null : Campaign,
        Content = content,
        Policy = Policy,
        Fields = Json.ReadFields(Fields),
        IdempotencyKey = IdempotencyKey,
        Status = new DeliveryStatus(Round, State, Attempts),
        Spent = Spent,
        Refusals = Refusals,
        Ambiguous = Ambiguous,
        Crashes = Crashes,
        FirstAttemptAt = FirstAttemptAt,
        NotAfter = NotAfter,
    };
}

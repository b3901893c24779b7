namespace MailMarketing.Storage.Sqlite;

/// <summary>A delivery that is being claimed.</summary>
internal sealed class ClaimedRow
{
    public long Id { get; init; }

    public long CampaignId { get; init; }

    public long ContactId { get; init; }

    public long Round { get; init; }

    public long State { get; set; }

    public long Attempts { get; init; }

    public long Spent { get; init; }

    public long Refusals { get; init; }

    public bool Ambiguous { get; set; }

    public long Crashes { get; init; }

    public long HandedOver { get; init; }

    public long? FirstAttemptAt { get; init; }

    public long? BlockId { get; set; }

    public string? Email { get; set; }

    /// <summary>The frozen fields; null where the contact was deleted.</summary>
    public IReadOnlyDictionary<string, object?>? Fields { get; set; }

    public long? Stopped { get; init; }

    public SendJob ToJob(ClaimableCampaign campaign) => new()
    {
        QueueId = Id,
        JobId = JobId.Of(Id),
        CampaignId = JobId.Of(campaign.Id).Text,
        Revision = campaign.Revision,
        Content = campaign.Frozen,
        Policy = (SendPolicy)campaign.Policy,
        Fields = Fields!,
        IdempotencyKey = campaign.KeyOf(ContactId, Round),
        Status = new DeliveryStatus((int)Round, (DeliveryState)State, (int)Attempts),
        Spent = (int)Spent,
        Refusals = (int)Refusals,
        Ambiguous = Ambiguous,
        Crashes = (int)Crashes,
        HandedOver = (int)HandedOver,
        FirstAttemptAt = FirstAttemptAt is { } first ? DateTimeOffset.FromUnixTimeMilliseconds(first) : null,
    };
}

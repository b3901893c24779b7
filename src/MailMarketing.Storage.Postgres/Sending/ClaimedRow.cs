using System.Data.Common;

namespace MailMarketing.Storage.Postgres;

/// <summary>A delivery that is being claimed.</summary>
internal sealed class ClaimedRow
{
    public long Id { get; init; }

    public long CampaignId { get; init; }

    public long ContactId { get; init; }

    public int Round { get; init; }

    public DeliveryState State { get; set; }

    public int Attempts { get; init; }

    public int Spent { get; init; }

    public int Refusals { get; init; }

    public bool Ambiguous { get; set; }

    public int HandedOver { get; init; }

    public int Crashes { get; init; }

    public DateTime? FirstAttemptAt { get; init; }

    public long? BlockId { get; set; }

    public string? Email { get; set; }

    /// <summary>The contact's address and the rest of it; null where the contact was deleted or its data were frozen before.</summary>
    public string? ContactEmail { get; init; }

    public string? Name { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string? Attributes { get; init; }

    /// <summary>The names of the contact's segments; null where the template does not read them.</summary>
    public IReadOnlyList<string>? Segments { get; set; }

    public DeliveryState? Stopped { get; init; }

    /// <summary>The frozen fields; null where the contact was deleted.</summary>
    public IReadOnlyDictionary<string, object?>? Fields { get; set; }

    /// <summary>One that nobody had yet, of its columns in their order.</summary>
    public static ClaimedRow Fresh(DbDataReader reader) => new()
    {
        Id = reader.GetInt64(0),
        CampaignId = reader.GetInt64(1),
        ContactId = reader.GetInt64(2),
        Round = reader.GetInt32(3),
        ContactEmail = Text(reader, 4),
        Name = Text(reader, 5),
        FirstName = Text(reader, 6),
        LastName = Text(reader, 7),
        Attributes = Text(reader, 8),
        Stopped = reader.GetInt32(9) is > 0 and var state ? (DeliveryState)state : null,
    };

    private static string? Text(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public SendJob ToJob(ClaimableCampaign campaign) => new()
    {
        QueueId = Id,
        JobId = JobId.Of(Id),
        CampaignId = JobId.Of(campaign.Id).Text,
        Revision = campaign.Revision,
        Content = campaign.Frozen,
        Policy = campaign.Policy,
        Fields = Fields!,
        IdempotencyKey = campaign.KeyOf(ContactId, Round),
        Status = new DeliveryStatus(Round, State, Attempts),
        Spent = Spent,
        Refusals = Refusals,
        Ambiguous = Ambiguous,
        Crashes = Crashes,
        HandedOver = HandedOver,
        FirstAttemptAt = FirstAttemptAt,
    };
}

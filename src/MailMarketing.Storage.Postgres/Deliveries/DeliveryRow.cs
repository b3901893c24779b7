namespace MailMarketing.Storage.Postgres;

/// <summary>A row of the table delivery, as people see it.</summary>
internal sealed class DeliveryRow
{
    public const string Columns = """
        d.id, d.campaign_id AS CampaignId, d.contact_id AS ContactId, coalesce(d.email, c.email) AS Email,
            d.round, d.state, d.attempts, d.message_id AS MessageId, d.error, d.by_person AS ByPerson,
            d.updated_at AS UpdatedAt
        """;

    public const string Select = $"SELECT {Columns} FROM delivery d LEFT JOIN contact c ON c.id = d.contact_id";

    public long Id { get; init; }

    public long CampaignId { get; init; }

    public long ContactId { get; init; }

    public string? Email { get; init; }

    public int Round { get; init; }

    public DeliveryState State { get; init; }

    public int Attempts { get; init; }

    public string? MessageId { get; init; }

    public string? Error { get; init; }

    public bool ByPerson { get; init; }

    public DateTime UpdatedAt { get; init; }

    /// <summary>Read in a contact's list alone.</summary>
    public string CampaignName { get; init; } = "";

    public Delivery ToDelivery() => new()
    {
        Id = Id,
        CampaignId = CampaignId,
        ContactId = ContactId,
        Email = Email,
        Status = new DeliveryStatus(Round, State, Attempts),
        MessageId = MessageId,
        Error = Error,
        ByPerson = ByPerson,
        UpdatedAt = UpdatedAt,
    };
}

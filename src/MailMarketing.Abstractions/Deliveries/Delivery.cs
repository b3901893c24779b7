namespace MailMarketing;

/// <summary>One campaign to one contact.</summary>
public sealed record Delivery
{
    /// <summary>The store's number; never reused.</summary>
    public required long Id { get; init; }

    /// <summary>The campaign.</summary>
    public required long CampaignId { get; init; }

    /// <summary>The contact, which may be deleted by now.</summary>
    public required long ContactId { get; init; }

    /// <summary>The address it goes to: the frozen one, else the contact's; null where the contact is erased.</summary>
    public string? Email { get; init; }

    /// <summary>Round, state and attempts.</summary>
    public required DeliveryStatus Status { get; init; }

    /// <summary>What the gateway called the message; null where it did not say.</summary>
    public string? MessageId { get; init; }

    /// <summary>The last reason it was not sent; null where there was none.</summary>
    public string? Error { get; init; }

    /// <summary>Whether a person said that it was sent, since nobody else could tell.</summary>
    public bool ByPerson { get; init; }

    /// <summary>When anything of it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}

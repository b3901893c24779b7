using System.Text.Json;

namespace MailMarketing;

/// <summary>Someone with an address, names, typed attributes and a consent status.</summary>
public sealed record Contact
{
    /// <summary>The store's number; never reused.</summary>
    public required long Id { get; init; }

    /// <summary>The address as it was given; unique by <see cref="EmailAddress.Key"/>.</summary>
    public required string Email { get; init; }

    /// <summary>How the contact is called, on the To line too; null where unknown.</summary>
    public string? Name { get; init; }

    /// <summary>The first name; null where unknown.</summary>
    public string? FirstName { get; init; }

    /// <summary>The last name; null where unknown.</summary>
    public string? LastName { get; init; }

    /// <summary>Everything else that is known, by name.</summary>
    public IReadOnlyDictionary<string, JsonElement> Attributes { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>Whether the contact gets campaigns.</summary>
    public ConsentStatus Status { get; init; }

    /// <summary>When the contact was added.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When anything of the contact last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}

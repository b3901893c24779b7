using System.Text.Json;

namespace MailMarketing;

/// <summary>What a person or an app says of a contact; the rest of <see cref="Contact"/> is the store's.</summary>
public sealed record ContactData
{
    /// <summary>The address, see <see cref="EmailAddress"/> for the rule.</summary>
    public required string Email { get; init; }

    /// <summary>At most <see cref="Limits.Name"/> characters; null where unknown.</summary>
    public string? Name { get; init; }

    /// <summary>At most <see cref="Limits.Name"/> characters; null where unknown.</summary>
    public string? FirstName { get; init; }

    /// <summary>At most <see cref="Limits.Name"/> characters; null where unknown.</summary>
    public string? LastName { get; init; }

    /// <summary>Everything else that is known, by name.</summary>
    public IReadOnlyDictionary<string, JsonElement> Attributes { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>
    /// Whether the person is known to have opted out. True takes the consent away, and what waits for the contact along; false (the
    /// default) leaves the consent as it is, and a new contact is subscribed: data that come by never subscribe anybody again.
    /// </summary>
    public bool Unsubscribed { get; init; }
}

using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MailMarketing.AspNetCore.Api;

/// <summary>A contact as the API shows it.</summary>
[JsonNumberHandling(JsonNumberHandling.Strict)]
internal sealed record ContactView
{
    public required long Id { get; init; }

    public required string Email { get; init; }

    public required string? Name { get; init; }

    public required string? FirstName { get; init; }

    public required string? LastName { get; init; }

    [Description("Everything else that is known, by name.")]
    public required IReadOnlyDictionary<string, JsonElement> Attributes { get; init; }

    [Description("Whether the contact gets campaigns; only one that is subscribed does.")]
    [JsonConverter(typeof(CamelCase<ConsentStatus>))]
    public required ConsentStatus Status { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public static ContactView Of(Contact contact) => new()
    {
        Id = contact.Id,
        Email = contact.Email,
        Name = contact.Name,
        FirstName = contact.FirstName,
        LastName = contact.LastName,
        Attributes = contact.Attributes,
        Status = contact.Status,
        CreatedAt = contact.CreatedAt,
        UpdatedAt = contact.UpdatedAt,
    };
}

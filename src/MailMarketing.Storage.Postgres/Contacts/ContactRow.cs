using System.Text.Json;

namespace MailMarketing.Storage.Postgres;

/// <summary>A row of the table contact.</summary>
internal sealed class ContactRow
{
    public const string Columns = """
        c.id, c.email, c.name, c.first_name AS FirstName, c.last_name AS LastName, c.attributes, c.status,
        c.created_at AS CreatedAt, c.updated_at AS UpdatedAt
        """;

    public long Id { get; init; }

    public string Email { get; init; } = "";

    public string? Name { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string Attributes { get; init; } = "{}";

    public ConsentStatus Status { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime UpdatedAt { get; init; }

    /// <summary>What search looks in for a name.</summary>
    public static string? KeyOf(string? name) => name is null ? null : Paging.Fold(name);

    public Contact ToContact() => new()
    {
        Id = Id,
        Email = Email,
        Name = Name,
        FirstName = FirstName,
        LastName = LastName,
        Attributes = Json.Read<Dictionary<string, JsonElement>>(Attributes),
        Status = Status,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
    };
}

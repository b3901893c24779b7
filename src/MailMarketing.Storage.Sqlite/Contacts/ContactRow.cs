using System.Text.Json;

namespace MailMarketing.Storage.Sqlite;

/// <summary>A row of the table contact.</summary>
internal sealed class ContactRow
{
    public const string Columns = """
        c.id, c.email, c.email_key AS EmailKey, c.name, c.first_name AS FirstName, c.last_name AS LastName, c.attributes, c.status,
        c.created_at AS CreatedAt, c.updated_at AS UpdatedAt
        """;

    public long Id { get; init; }

    public string Email { get; init; } = "";

    public string EmailKey { get; init; } = "";

    public string? Name { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string Attributes { get; init; } = "{}";

    public long Status { get; init; }

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    /// <summary>What search looks in.</summary>
    public static string SearchText(string emailKey, string? name, string? firstName, string? lastName) =>
        Paging.Fold(string.Join('\n', emailKey, name, firstName, lastName));

    public Contact ToContact() => new()
    {
        Id = Id,
        Email = Email,
        Name = Name,
        FirstName = FirstName,
        LastName = LastName,
        Attributes = Json.Read<Dictionary<string, JsonElement>>(Attributes),
        Status = (ConsentStatus)Status,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(UpdatedAt),
    };
}

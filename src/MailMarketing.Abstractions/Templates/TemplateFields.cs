using System.Text.Json;

namespace MailMarketing;

/// <summary>The names that a template may use of every recipient.</summary>
public static class TemplateFields
{
    /// <summary>The names of the segments that the contact belongs to; only there where the template reads it.</summary>
    public const string Segments = "segments";

    /// <summary>The built-in names; <c>attributes</c> has members of its own, whatever a contact has.</summary>
    public static readonly IReadOnlySet<string> BuiltIn = new HashSet<string>(StringComparer.Ordinal)
    {
        "id", "user_id", "email", "name", "first_name", "last_name", "attributes", Segments, "unsubscribe_url", "preferences_url", "view_url",
    };

    /// <summary>What a preview without a contact is rendered with.</summary>
    public static IReadOnlyDictionary<string, object?> Sample { get; } = new Dictionary<string, object?>
    {
        ["id"] = 1L,
        ["user_id"] = 1L,
        ["email"] = "ada@example.org",
        ["name"] = "Ada Lovelace",
        ["first_name"] = "Ada",
        ["last_name"] = "Lovelace",
        ["attributes"] = new Dictionary<string, object?>(),
        [Segments] = Array.Empty<string>(),
        ["unsubscribe_url"] = "https://example.org/unsubscribe",
        ["preferences_url"] = "https://example.org/preferences",
        ["view_url"] = "https://example.org/view",
    };

    /// <summary>A person's own fields as every email has them: who has no name goes by the address.</summary>
    public static Dictionary<string, object?> Of(ContactData person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return new Dictionary<string, object?>
        {
            ["email"] = person.Email,
            ["name"] = person.Name ?? person.Email,
            ["first_name"] = person.FirstName,
            ["last_name"] = person.LastName,
            ["attributes"] = person.Attributes.ToDictionary(attribute => attribute.Key, attribute => ValueFromJson(attribute.Value)),
        };
    }

    /// <summary>A person's fields in a preview: the own ones, and of <see cref="Sample"/> what is left, as links that lead nowhere.</summary>
    public static IReadOnlyDictionary<string, object?> PreviewOf(SampleContact person)
    {
        ArgumentNullException.ThrowIfNull(person);
        var fields = Of(person.Contact);
        fields[Segments] = person.Segments;
        foreach (var (name, value) in Sample)
        {
            fields.TryAdd(name, value);
        }

        return fields;
    }

    /// <summary>
    /// A JSON object as <see cref="Recipient.Fields"/> holds it. A whole number of 64 bits is a long, any other number a decimal where it
    /// fits and else a double; of a member written twice the last one counts.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is no object.</exception>
    public static IReadOnlyDictionary<string, object?> FromJson(JsonElement json)
    {
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
        {
            fields[member.Name] = ValueFromJson(member.Value);
        }

        return fields;
    }

    /// <summary>Any JSON as a value of <see cref="Recipient.Fields"/>.</summary>
    public static object? ValueFromJson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when json.TryGetInt64(out var whole) => whole,
        JsonValueKind.Number when json.TryGetDecimal(out var exact) => exact,
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.Array => json.EnumerateArray().Select(ValueFromJson).ToList(),
        JsonValueKind.Object => FromJson(json),
        _ => null,
    };
}

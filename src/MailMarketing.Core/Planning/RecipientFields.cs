using System.Text.Json;

namespace MailMarketing;

/// <summary>A contact as templates see it: flat names, plain values.</summary>
internal static class RecipientFields
{
    /// <summary>The fields of a contact in a preview: its own data, and links that lead nowhere.</summary>
    public static IReadOnlyDictionary<string, object?> ForPreview(Contact? contact)
    {
        var fields = new Dictionary<string, object?>(TemplateFields.Sample);
        if (contact is not null)
        {
            fields["user_id"] = contact.Id;
            fields["email"] = contact.Email;
            fields["name"] = contact.Name;
            fields["first_name"] = contact.FirstName;
            fields["last_name"] = contact.LastName;
            fields["attributes"] = contact.Attributes.ToDictionary(attribute => attribute.Key, attribute => Plain(attribute.Value));
        }

        return fields;
    }

    private static object? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when value.TryGetInt64(out var whole) => whole,
        JsonValueKind.Number when value.TryGetDecimal(out var exact) => exact,
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.Array => value.EnumerateArray().Select(Plain).ToList(),
        JsonValueKind.Object => Members(value),
        _ => null,
    };

    // A member written twice parses as JSON; the last one counts.
    private static Dictionary<string, object?> Members(JsonElement value)
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            members[member.Name] = Plain(member.Value);
        }

        return members;
    }
}

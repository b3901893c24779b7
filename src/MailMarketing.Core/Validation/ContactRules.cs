using System.Text.Json;

namespace MailMarketing;

/// <summary>What a contact must look like.</summary>
internal static class ContactRules
{
    /// <summary>The contact with its texts trimmed and its address in the form to store, or what is wrong with it.</summary>
    public static Result<ContactData> Check(ContactData contact)
    {
        ArgumentNullException.ThrowIfNull(contact);
        var errors = new FieldErrors();
        _ = EmailAddress.TryParse(contact.Email, out var address, out var mistake);
        errors.Add("email", mistake);
        var trimmed = contact with
        {
            Email = address.ToString(),
            Name = TextRules.Trim(contact.Name),
            FirstName = TextRules.Trim(contact.FirstName),
            LastName = TextRules.Trim(contact.LastName),
            Attributes = contact.Attributes ?? new Dictionary<string, JsonElement>(),
        };
        errors.Add("name", TextRules.Name(trimmed.Name, "The name"));
        errors.Add("firstName", TextRules.Name(trimmed.FirstName, "The first name"));
        errors.Add("lastName", TextRules.Name(trimmed.LastName, "The last name"));
        errors.Add("attributes", JudgeAttributes(trimmed.Attributes));
        return errors.ToProblem() is { } problem ? problem : trimmed;
    }

    private static string? JudgeAttributes(IReadOnlyDictionary<string, JsonElement> attributes)
    {
        // Judged by whoever wrote them
        if (attributes is JsonAttributes)
        {
            return null;
        }

        foreach (var (name, value) in attributes)
        {
            if ((TextRules.RequiredName(name, "The name of an attribute") ?? JudgeValue(value, $"Attribute {name}")) is { } mistake)
            {
                return mistake;
            }
        }

        return attributes.Count > 0 && JsonSerializer.SerializeToUtf8Bytes(attributes).Length > Limits.Attributes
            ? $"The attributes are longer than {Limits.Attributes / 1024} KiB of JSON."
            : null;
    }

    private static string? JudgeValue(JsonElement value, string what)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Undefined:
                return $"{what} has no value; leave it away or make it null.";
            case JsonValueKind.String:
                return JudgeString(value.GetString, what);
            case JsonValueKind.Number:
                return IsKept(value) ? null : $"{what} is a number too large or too precise to keep; make it a string.";
            case JsonValueKind.Array:
                return value.EnumerateArray().Select(item => JudgeValue(item, what)).FirstOrDefault(mistake => mistake is not null);
            case JsonValueKind.Object:
                return value.EnumerateObject().Select(member => JudgeString(() => member.Name, what) ?? JudgeValue(member.Value, what))
                    .FirstOrDefault(mistake => mistake is not null);
            default:
                return null;
        }
    }

    // What a double cannot hold, a database may refuse.
    private static bool IsKept(JsonElement number) =>
        number.GetRawText() is { Length: <= 100 } text && double.IsFinite(number.GetDouble())
        && (number.GetDouble() != 0 || !text.Split('e', 'E')[0].Any(digit => digit is >= '1' and <= '9'));

    // Half a surrogate pair, written as an escape, parses as JSON and fails only when it is read.
    private static string? JudgeString(Func<string?> read, string what)
    {
        try
        {
            return TextRules.Body(read() ?? "", what);
        }
        catch (InvalidOperationException)
        {
            return $"{what} contains half of a character (a lone surrogate).";
        }
    }
}

using System.Globalization;
using System.Text.Json;

namespace MailMarketing.AspNetCore;

/// <summary>A place in a body: reading it gives what the protocol asks for, or a <see cref="WireException"/> that names the place.</summary>
internal readonly record struct WireValue(string Place, JsonElement Json)
{
    public WireException Mistake(string why) => new(Place.Length == 0 ? null : Place, why);

    /// <summary>A member that may be absent or null.</summary>
    public WireValue? Optional(string name)
    {
        MustBeObject();
        return Json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? new WireValue(Member(name), value) : null;
    }

    public WireValue Required(string name) =>
        Optional(name) ?? throw new WireException(Member(name), "This member is required.");

    /// <summary>Refuses members that nobody would read.</summary>
    public void OnlyMembers(IReadOnlySet<string> known)
    {
        MustBeObject();
        foreach (var (name, _) in Members())
        {
            if (!known.Contains(name))
            {
                throw new WireException(Member(name), $"There is no such member here; known are {string.Join(", ", known)}.");
            }
        }
    }

    public IEnumerable<(string Name, WireValue Value)> Members()
    {
        MustBeObject();
        foreach (var member in Json.EnumerateObject())
        {
            string name;
            try
            {
                name = member.Name;
            }
            catch (InvalidOperationException)
            {
                throw Mistake("A member's name is not valid Unicode text.");
            }

            if (name.Contains('\0', StringComparison.Ordinal))
            {
                throw Mistake("A member's name contains the character NUL.");
            }

            yield return (name, new WireValue(Member(name), member.Value));
        }
    }

    public IEnumerable<WireValue> Items()
    {
        if (Json.ValueKind != JsonValueKind.Array)
        {
            throw Mistake("This must be a list.");
        }

        var index = 0;
        foreach (var item in Json.EnumerateArray())
        {
            yield return new WireValue(string.Create(CultureInfo.InvariantCulture, $"{Place}[{index++}]"), item);
        }
    }

    /// <summary>Text of any form, without NUL, which no store can keep.</summary>
    public string Text()
    {
        if (Json.ValueKind != JsonValueKind.String)
        {
            throw Mistake("This must be a string.");
        }

        string text;
        try
        {
            text = Json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Mistake("This is not valid Unicode text: half of a surrogate pair is missing.");
        }

        return text.Contains('\0', StringComparison.Ordinal) ? throw Mistake("This contains the character NUL.") : text;
    }

    /// <summary>Bytes in base64.</summary>
    public byte[] Bytes() => Json.ValueKind == JsonValueKind.String && Json.TryGetBytesFromBase64(out var bytes)
        ? bytes
        : throw Mistake("This must be base64.");

    /// <summary>One line: text without control characters.</summary>
    public string Line(int max)
    {
        var text = Text();
        if (text.Any(char.IsControl))
        {
            throw Mistake("This must be one line without control characters.");
        }

        return text.Length <= max ? text : throw Mistake($"This is longer than {max} characters.");
    }

    public long Whole(long max = int.MaxValue) =>
        Json.ValueKind == JsonValueKind.Number && Json.TryGetInt64(out var number) && number >= 0 && number <= max
            ? number
            : throw Mistake($"This must be a whole number from 0 to {max}.");

    public bool Flag() => Json.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? Json.GetBoolean()
        : throw Mistake("This must be true or false.");

    public DateTimeOffset Instant() =>
        Json.ValueKind == JsonValueKind.String && Json.TryGetDateTimeOffset(out var instant)
            ? instant.ToUniversalTime()
            : throw Mistake("This must be a time such as 2026-01-31T12:00:00Z.");

    public JobId JobId() => Json.ValueKind switch
    {
        JsonValueKind.Number when Json.TryGetInt64(out var number) => new(number.ToString(CultureInfo.InvariantCulture), IsNumber: true),
        JsonValueKind.String when Line(255) is { Length: > 0 } text => new(text, IsNumber: false),
        _ => throw Mistake("An id must be a whole number of 64 bits or a string of 1 to 255 characters."),
    };

    /// <summary>Any JSON, as <see cref="Recipient.Fields"/> holds it.</summary>
    public object? Field() => Json.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => Text(),
        JsonValueKind.Number when Json.TryGetInt64(out var whole) => whole,
        JsonValueKind.Number when Json.TryGetDecimal(out var exact) => exact,
        JsonValueKind.Number when Json.TryGetDouble(out var real) && double.IsFinite(real) => real,
        JsonValueKind.Array => Items().Select(item => item.Field()).ToArray(),
        JsonValueKind.Object => Members().ToDictionary(member => member.Name, member => member.Value.Field(), StringComparer.Ordinal),
        _ => throw Mistake("This number is too large."),
    };

    private string Member(string name) => Place.Length == 0 ? name : $"{Place}.{name}";

    private void MustBeObject()
    {
        if (Json.ValueKind != JsonValueKind.Object)
        {
            throw Mistake("This must be an object.");
        }
    }
}

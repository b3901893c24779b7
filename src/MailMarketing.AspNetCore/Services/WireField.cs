using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace MailMarketing.AspNetCore;

/// <summary>Writes ids and fields, as <see cref="WireValue"/> reads them.</summary>
internal static class WireField
{
    public static void WriteId(Utf8JsonWriter json, JobId id)
    {
        if (id.IsNumber)
        {
            json.WriteNumber("id", long.Parse(id.Text, CultureInfo.InvariantCulture));
        }
        else
        {
            json.WriteString("id", id.Text);
        }
    }

    /// <summary>Writes a value of <see cref="Recipient.Fields"/>.</summary>
    public static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool yes:
                json.WriteBooleanValue(yes);
                break;
            case int whole:
                json.WriteNumberValue(whole);
                break;
            case long whole:
                json.WriteNumberValue(whole);
                break;
            case decimal exact:
                json.WriteNumberValue(exact);
                break;
            case double real:
                json.WriteNumberValue(real);
                break;
            case IReadOnlyDictionary<string, object?> members:
                WriteMembers(json, members);
                break;
            case IEnumerable items:
                WriteItems(json, items);
                break;
            default:
                throw new ArgumentException(
                    $"A field of a recipient cannot be a {value.GetType()}; see {nameof(Recipient)}.{nameof(Recipient.Fields)}.", nameof(value));
        }
    }

    private static void WriteMembers(Utf8JsonWriter json, IReadOnlyDictionary<string, object?> members)
    {
        json.WriteStartObject();
        foreach (var (name, member) in members)
        {
            json.WritePropertyName(name);
            Write(json, member);
        }

        json.WriteEndObject();
    }

    private static void WriteItems(Utf8JsonWriter json, IEnumerable items)
    {
        json.WriteStartArray();
        foreach (var item in items)
        {
            Write(json, item);
        }

        json.WriteEndArray();
    }
}

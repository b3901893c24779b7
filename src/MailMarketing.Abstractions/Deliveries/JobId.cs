using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MailMarketing;

/// <summary>What the side that made a job calls it: a JSON number or a JSON string, given back just as it came.</summary>
/// <param name="Text">The digits of the number, or the string.</param>
/// <param name="IsNumber">Whether it is a number on the wire.</param>
[JsonConverter(typeof(JobIdConverter))]
public readonly record struct JobId(string Text, bool IsNumber)
{
    /// <summary>A delivery's id.</summary>
    public static JobId Of(long id) => new(id.ToString(CultureInfo.InvariantCulture), IsNumber: true);

    /// <summary>The id of a delivery; null where it cannot be one.</summary>
    public long? AsDeliveryId() =>
        long.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;

    /// <inheritdoc />
    public override string ToString() => Text;

    private sealed class JobIdConverter : JsonConverter<JobId>
    {
        public override JobId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.Number when reader.TryGetInt64(out var id) => new(id.ToString(CultureInfo.InvariantCulture), IsNumber: true),
            JsonTokenType.String => new(reader.GetString()!, IsNumber: false),
            _ => throw new JsonException("An id must be a whole number of 64 bits or a string."),
        };

        public override void Write(Utf8JsonWriter writer, JobId value, JsonSerializerOptions options)
        {
            if (value.IsNumber)
            {
                writer.WriteRawValue(value.Text);
            }
            else
            {
                writer.WriteStringValue(value.Text);
            }
        }
    }
}

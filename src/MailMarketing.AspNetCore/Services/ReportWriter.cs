using System.Text.Json;

namespace MailMarketing.AspNetCore;

/// <summary>Writes delivery events as the body of <c>POST /api/v1/job</c>.</summary>
internal static class ReportWriter
{
    public static byte[] Write(string incarnation, IReadOnlyList<DeliveryEvent> events)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();

            // A marketing side that knows no rounds may not know this member either
            if (events.Any(one => one.Status.Round > 0))
            {
                json.WriteString("queue", incarnation);
            }

            foreach (var list in events.GroupBy(ReportLists.For, StringComparer.Ordinal))
            {
                json.WriteStartArray(list.Key);
                foreach (var one in list)
                {
                    Write(json, one);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, DeliveryEvent one)
    {
        json.WriteStartObject();
        WireField.WriteId(json, one.JobId);
        json.WriteString("message_id", one.MessageId ?? "");
        if (one.Status.Round > 0)
        {
            json.WriteNumber("round", one.Status.Round);
            json.WriteNumber("attempts", one.Status.Attempts);
            json.WriteString("at", one.At);
            if (one.Error is not null)
            {
                json.WriteString("error", one.Error);
            }
        }

        json.WriteEndObject();
    }
}

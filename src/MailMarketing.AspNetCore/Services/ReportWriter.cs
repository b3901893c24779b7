using System.Text.Json;

namespace MailMarketing.AspNetCore;

/// <summary>Writes delivery events as the body of <c>POST /api/v1/job</c>.</summary>
internal static class ReportWriter
{
    public static byte[] Write(string incarnation, IReadOnlyList<DeliveryEvent> events) => WireBuffer.Write((incarnation, events), Write);

    private static void Write(Utf8JsonWriter json, (string Incarnation, IReadOnlyList<DeliveryEvent> Events) report)
    {
        json.WriteStartObject();

        // A marketing side that knows no rounds may not know this member either
        if (report.Events.Any(one => one.Status.Round > 0))
        {
            json.WriteString("queue", report.Incarnation);
        }

        foreach (var list in report.Events.GroupBy(ReportLists.For, StringComparer.Ordinal))
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

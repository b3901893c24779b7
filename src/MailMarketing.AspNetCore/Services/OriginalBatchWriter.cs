using System.Text.Json;

namespace MailMarketing.AspNetCore;

/// <summary>Writes the body of <c>POST /api/v1/email</c> in the form that the protocol grew from.</summary>
internal static class OriginalBatchWriter
{
    public static byte[] Write(JobBatch batch) => WireBuffer.Write(batch, Write);

    private static void Write(Utf8JsonWriter json, JobBatch batch)
    {
        json.WriteStartObject();
        json.WriteStartArray("jobs");
        foreach (var job in batch.Jobs)
        {
            json.WriteStartObject();
            WireField.WriteId(json, job.JobId);
            foreach (var (name, value) in job.Fields)
            {
                // Its placeholders are plain names
                if (name != "id" && value is null or string or bool or int or long or decimal or double)
                {
                    json.WritePropertyName(name);
                    WireField.Write(json, value);
                }
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("template", batch.Content.Source.Text);
        json.WriteString("subject", batch.Content.Source.Subject);
        json.WriteEndObject();
    }
}

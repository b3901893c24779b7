using System.Text.Json;

namespace MailMarketing.AspNetCore;

/// <summary>Writes the body of <c>POST /api/v1/email</c>, as <see cref="EmailReader"/> reads it.</summary>
internal static class JobBatchWriter
{
    // Members of the protocol: a field of such a name would stand in the job twice
    private static readonly HashSet<string> Taken = new(StringComparer.Ordinal)
    {
        "id", "round", "attempts", "repeated", "maybe_sent", "idempotency_key", "not_after",
    };

    public static byte[] Write(JobBatch batch) => WireBuffer.Write(batch, Write);

    private static void Write(Utf8JsonWriter json, JobBatch batch)
    {
        json.WriteStartObject();
        if (batch.CampaignId is not null)
        {
            json.WriteString("campaign_id", batch.CampaignId);
        }

        json.WriteNumber("revision", batch.Revision);
        if (batch.Lane is not null)
        {
            json.WriteString("lane", batch.Lane);
        }

        if (batch.Queue is not null)
        {
            json.WriteString("queue", batch.Queue);
        }

        json.WriteString("policy", Name(batch.Policy));
        Write(json, batch.Content);
        json.WriteStartArray("jobs");
        foreach (var job in batch.Jobs)
        {
            Write(json, job);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, FrozenContent content)
    {
        json.WriteString("subject", content.Source.Subject);
        if (content.Source.Html is { } html)
        {
            json.WriteString("html", html);
        }

        if (content.Source.Text is { } text)
        {
            json.WriteString("template", text);
        }

        json.WriteString("template_language", content.Source.Language);
        json.WriteString("frozen_at", content.FrozenAt);
        if (content.From is { } from)
        {
            SettingsWriter.WriteMailbox(json, "from", from);
        }

        // Even where there are none: left out, the email client would put in its own
        SettingsWriter.WriteHeaders(json, content.Headers);
        WireAttachments.Write(json, content.Attachments);
    }

    private static void Write(Utf8JsonWriter json, HandedJob job)
    {
        json.WriteStartObject();
        WireField.WriteId(json, job.JobId);
        if (job.Round > 0)
        {
            json.WriteNumber("round", job.Round);
        }

        if (job.Attempts > 0)
        {
            json.WriteNumber("attempts", job.Attempts);
        }

        if (job.Repeated)
        {
            json.WriteBoolean("repeated", true);
        }

        if (job.MaybeSent)
        {
            json.WriteBoolean("maybe_sent", true);
        }

        if (job.IdempotencyKey is { } key)
        {
            json.WriteString("idempotency_key", key);
        }

        if (job.NotAfter is { } notAfter)
        {
            json.WriteString("not_after", notAfter);
        }

        foreach (var (name, value) in job.Fields)
        {
            if (!Taken.Contains(name))
            {
                json.WritePropertyName(name);
                WireField.Write(json, value);
            }
        }

        json.WriteEndObject();
    }

    private static string Name(SendPolicy policy) => policy switch
    {
        SendPolicy.AtMostOnce => "at_most_once",
        SendPolicy.AtLeastOnce => "at_least_once",
        _ => throw new ArgumentOutOfRangeException(nameof(policy), policy, "This is not a policy."),
    };
}

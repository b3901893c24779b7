using System.Globalization;
using System.Text.Json;

namespace MailMarketing.AspNetCore;

/// <summary>Writes jobs as the body of <c>POST /api/v1/email</c>: the counterpart of <see cref="EmailReader"/>.</summary>
internal static class EmailWriter
{
    /// <summary>The body in our own form; in the original's, it has only jobs, template and subject.</summary>
    public static byte[] Write(JobBatch batch, bool originalForm = false)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("subject", batch.Content.Source.Subject);
            if (batch.Content.Source.Text is { } text)
            {
                json.WriteString("template", text);
            }

            if (!originalForm)
            {
                WriteContent(json, batch);
            }

            json.WriteStartArray("jobs");
            foreach (var job in batch.Jobs)
            {
                WriteJob(json, job, originalForm);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WriteContent(Utf8JsonWriter json, JobBatch batch)
    {
        var content = batch.Content;
        json.WriteString("template_language", content.Source.Language);
        WriteText(json, "html", content.Source.Html);
        WriteText(json, "campaign_id", batch.CampaignId);
        json.WriteNumber("revision", batch.Revision);
        WriteText(json, "lane", batch.Lane);
        json.WriteString("policy", batch.Policy == SendPolicy.AtLeastOnce ? "at_least_once" : "at_most_once");
        if (content.From is { } from)
        {
            json.WriteStartObject("from");
            WriteText(json, "name", from.Name);
            json.WriteString("email", from.Email);
            json.WriteEndObject();
        }

        json.WriteStartObject("headers");
        foreach (var (name, value) in content.Headers)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteString("frozen_at", content.FrozenAt);
    }

    private static void WriteJob(Utf8JsonWriter json, HandedJob job, bool originalForm)
    {
        json.WriteStartObject();
        json.WritePropertyName("id");
        WriteId(json, job.JobId);
        foreach (var (name, value) in job.Fields)
        {
            if (name != "id")
            {
                json.WritePropertyName(name);
                WriteField(json, value);
            }
        }

        if (!originalForm)
        {
            json.WriteNumber("round", job.Round);
            json.WriteNumber("attempts", job.Attempts);
            WriteText(json, "idempotency_key", job.IdempotencyKey);
            if (job.NotAfter is { } notAfter)
            {
                json.WriteString("not_after", notAfter);
            }
        }

        json.WriteEndObject();
    }

    internal static void WriteId(Utf8JsonWriter json, JobId id)
    {
        if (id.IsNumber)
        {
            json.WriteNumberValue(long.Parse(id.Text, CultureInfo.InvariantCulture));
        }
        else
        {
            json.WriteStringValue(id.Text);
        }
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteField(Utf8JsonWriter json, object? value)
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
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case IReadOnlyDictionary<string, object?> members:
                json.WriteStartObject();
                foreach (var (name, member) in members)
                {
                    json.WritePropertyName(name);
                    WriteField(json, member);
                }

                json.WriteEndObject();
                break;
            case IReadOnlyList<object?> items:
                json.WriteStartArray();
                foreach (var item in items)
                {
                    WriteField(json, item);
                }

                json.WriteEndArray();
                break;
            default:
                throw new ArgumentException($"A field cannot be a {value.GetType().Name}; see Recipient.Fields for what it can be.", nameof(value));
        }
    }
}

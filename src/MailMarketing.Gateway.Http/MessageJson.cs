using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MailMarketing.Gateway.Http;

/// <summary>A message as the gateway reads it. The same message always gives the same bytes.</summary>
internal static class MessageJson
{
    // Relaxed: the body is never put into a page, and escaping HTML and other scripts would double its size.
    private static readonly JsonWriterOptions _format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // What one unusually large email needed is not kept for all that follow
    private const int KeptCapacity = 64 * 1024;

    // Writing is synchronous, so one writer per thread serves all messages.
    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _text;

    public static void Write(IBufferWriter<byte> output, EmailMessage message)
    {
        var json = _writer ??= new Utf8JsonWriter(output, _format);
        json.Reset(output);
        try
        {
            Write(json, message);
            json.Flush();
        }
        finally
        {
            json.Reset(Stream.Null);
        }
    }

    private static void Write(Utf8JsonWriter json, EmailMessage message)
    {
        var (subject, html, text) = message.Content;
        json.WriteStartObject();
        WriteMailbox(json, "from", message.From.Name ?? "", message.From.Email);
        var name = string.IsNullOrEmpty(message.To.Name) ? message.To.Email : message.To.Name;
        WriteMailbox(json, "to", name, message.To.Email);
        json.WriteString("subject", subject);
        WriteLong(json, "text", text ?? "");
        if (html is not null)
        {
            WriteLong(json, "html", html);
        }

        json.WriteStartObject("headers");
        foreach (var (header, value) in message.Headers)
        {
            json.WriteString(header, value);
        }

        json.WriteEndObject();
        if (message.Attachments.Count > 0)
        {
            WriteFiles(json, message.Attachments);
        }

        json.WriteEndObject();
    }

    private static void WriteLong(Utf8JsonWriter json, string property, string text)
    {
        var buffer = _text ??= new ArrayBufferWriter<byte>();
        buffer.ResetWrittenCount();
        JsonText.Write(buffer, text);
        json.WritePropertyName(property);
        json.WriteRawValue(buffer.WrittenSpan, skipInputValidation: true);
        if (buffer.Capacity > KeptCapacity)
        {
            _text = null;
        }
    }

    private static void WriteFiles(Utf8JsonWriter json, IReadOnlyList<Attachment> files)
    {
        json.WriteStartArray("attachments");
        foreach (var file in files)
        {
            json.WriteStartObject();
            json.WriteString("name", file.Name);
            json.WriteString("content_type", file.ContentType);
            json.WriteBase64String("content", file.Content.Span);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMailbox(Utf8JsonWriter json, string property, string name, string email)
    {
        json.WriteStartObject(property);
        json.WriteString("name", name);
        json.WriteString("email", email);
        json.WriteEndObject();
    }
}

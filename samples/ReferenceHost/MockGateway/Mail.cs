using System.Text.Json;

namespace ReferenceHost.MockGateway;

/// <summary>A message as it came in: from, to, subject, text, html, headers, attachments.</summary>
internal sealed record Mail(
    string From, string FromName, string To, string ToName, string Subject, string? Text, string? Html,
    IReadOnlyDictionary<string, string> Headers, IReadOnlyList<MailFile> Attachments)
{
    /// <summary>The message, or what is wrong with it and where.</summary>
    public static (Mail? Mail, string? Mistake) Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return (Read(json.RootElement), null);
        }
        catch (JsonException)
        {
            return (null, "The body is not JSON.");
        }
        catch (InvalidOperationException)
        {
            // The reader's answer to half a surrogate pair.
            return (null, "The body is not valid Unicode.");
        }
        catch (FormatException mistake)
        {
            return (null, mistake.Message);
        }
    }

    private static Mail Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("The body must be a JSON object.");
        }

        var (from, fromName) = Mailbox(json, "from");
        var (to, toName) = Mailbox(json, "to");
        var subject = Line(json, "subject", "subject") ?? throw new FormatException("subject is required.");
        var text = String(json, "text", "text");
        var html = String(json, "html", "html");
        return text is null && html is null
            ? throw new FormatException("text is required where there is no html.")
            : new Mail(from, fromName, to, toName, subject, text, html, HeadersOf(json), FilesOf(json));
    }

    private static (string Email, string Name) Mailbox(JsonElement json, string member)
    {
        if (!json.TryGetProperty(member, out var mailbox) || mailbox.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"{member} must be an object with email and name.");
        }

        var email = Line(mailbox, "email", $"{member}.email");
        return email is not null && email.IndexOf('@', StringComparison.Ordinal) is var at && at > 0 && at < email.Length - 1
            ? (email, Line(mailbox, "name", $"{member}.name") ?? "")
            : throw new FormatException($"{member}.email must be an email address.");
    }

    private static Dictionary<string, string> HeadersOf(JsonElement json)
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        if (!json.TryGetProperty("headers", out var element) || element.ValueKind == JsonValueKind.Null)
        {
            return headers;
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("headers must be an object.");
        }

        foreach (var header in element.EnumerateObject())
        {
            if (header.Name.Length == 0 || header.Name.Any(letter => letter is <= ' ' or >= '\x7f' or ':'))
            {
                throw new FormatException("headers has a name that no header can have.");
            }

            headers[header.Name] = Line(element, header.Name, $"headers.{header.Name}") ?? "";
        }

        return headers;
    }

    private static List<MailFile> FilesOf(JsonElement json)
    {
        if (!json.TryGetProperty("attachments", out var list) || list.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        return list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(MailFile.Read)]
            : throw new FormatException("attachments must be a list.");
    }

    internal static string? Line(JsonElement json, string member, string path) =>
        String(json, member, path) is { } line && line.Any(char.IsControl)
            ? throw new FormatException($"{path} must not hold control characters.")
            : String(json, member, path);

    private static string? String(JsonElement json, string member, string path)
    {
        if (!json.TryGetProperty(member, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw new FormatException($"{path} must be a string.");
    }
}

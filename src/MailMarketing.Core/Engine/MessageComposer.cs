using System.Buffers;
using System.Text;

namespace MailMarketing.Engine;

/// <summary>Makes a message of a job and what its template gave; the last check before the wire.</summary>
internal static class MessageComposer
{
    private const int LargestMessage = 1024 * 1024;

    private static readonly SearchValues<char> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 256).Select(code => (char)code).Where(char.IsControl), '\u2028', '\u2029']);

    // But the signs that enclose an address in a header
    private static readonly SearchValues<char> Printable = SearchValues.Create(
        [.. Enumerable.Range(33, 94).Select(code => (char)code).Where(c => c is not ('<' or '>'))]);

    /// <summary>The message, or why there can be none, for people.</summary>
    public static (EmailMessage? Message, string? Error) Compose(SendJob job, RenderedEmail content)
    {
        if (job.Content.From is not { } author)
        {
            return (null, "There is no From address: set it in the settings, then retry this delivery.");
        }

        if (!EmailAddress.TryParse(author.Email, out var sender, out var mistake))
        {
            return (null, $"The From address cannot be used: {mistake} Set another in the settings, then retry this delivery.");
        }

        if (!EmailAddress.TryParse(Field(job, "email"), out var address, out mistake))
        {
            return (null, $"The contact's address cannot be used: {mistake}");
        }

        var name = Field(job, "name");
        var files = job.Content.Attachments;
        var error = Judge(author.Name, "The From name") ?? Judge(name, "The contact's name") ?? Judge(content) ?? Judge(content, files);
        if (error is not null)
        {
            return (null, error);
        }

        var (headers, wrong) = Headers(job, sender);
        return wrong is not null ? (null, wrong) : (new EmailMessage
        {
            IdempotencyKey = job.IdempotencyKey,
            From = author with { Email = sender.Value },
            To = new(string.IsNullOrWhiteSpace(name) ? address.Value : name, address.Value),
            Content = content,
            Headers = headers,
            Attachments = files,
            FrozenAt = job.Content.FrozenAt,
        }, null);
    }

    private static (Dictionary<string, string> Headers, string? Error) Headers(SendJob job, EmailAddress sender)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in job.Content.Headers)
        {
            // Printable ASCII but the colon is what RFC 5322 calls a field's name.
            if (name.Length == 0 || name.Any(c => c is <= ' ' or > '~' or ':'))
            {
                return (headers, "A custom header's name is not one: use letters, digits and hyphens.");
            }

            if (Judge(value, $"The header {name}") is { } mistake)
            {
                return (headers, mistake);
            }

            if (Encoding.UTF8.GetByteCount(value) > Limits.HeaderValue)
            {
                return (headers, $"The header {name} is longer than {Limits.HeaderValue} bytes.");
            }

            headers[name] = value;
        }

        headers["Message-ID"] = $"<{job.IdempotencyKey}@{sender.Value[(sender.Value.IndexOf('@', StringComparison.Ordinal) + 1)..]}>";
        if (Field(job, "unsubscribe_url") is { Length: > 0 } url)
        {
            if (!url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && !url.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
                || url.AsSpan().ContainsAnyExcept(Printable))
            {
                return (headers, "The unsubscribe_url is not an http or https address.");
            }

            headers["List-Unsubscribe"] = $"<{url}>";
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click";
        }

        return (headers, null);
    }

    private static string? Field(SendJob job, string name) => job.Fields.TryGetValue(name, out var value) ? value as string : null;

    private static string? Judge(RenderedEmail content)
    {
        if (string.IsNullOrEmpty(content.Html) && string.IsNullOrEmpty(content.Text))
        {
            return "The message is empty: the template gave neither HTML nor text.";
        }

        // A char is at most three bytes of UTF-8, so most messages need no counting.
        var chars = content.Subject.Length + (long)(content.Html?.Length ?? 0) + (content.Text?.Length ?? 0);
        if (chars > LargestMessage / 3 && Bytes(content.Subject) + Bytes(content.Html) + Bytes(content.Text) > LargestMessage)
        {
            return "The message is too large: subject, HTML and text together have more than 1 MiB.";
        }

        return Judge(content.Subject, "The subject");
    }

    private static string? Judge(RenderedEmail content, IReadOnlyList<Attachment> files)
    {
        if (files.Count == 0)
        {
            return null;
        }

        if (files.FirstOrDefault(file => !file.IsLoaded) is { } gone)
        {
            return $"The attached file {gone.Name} is not stored any more.";
        }

        // In base64 with its line ends, as it goes out
        var encoded = files.Sum(file => (file.Size + 56) / 57 * 78);
        return encoded + Bytes(content.Subject) + Bytes(content.Html) + Bytes(content.Text) > Limits.Message
            ? $"The message is too large: with its files it has more than {Limits.Message / 1024 / 1024} MiB."
            : null;
    }

    private static long Bytes(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);

    private static string? Judge(string? text, string what) =>
        text.AsSpan().ContainsAny(Controls)
            ? $"{what} contains a control character, such as a line break."
            : null;
}

using System.Buffers;

namespace MailMarketing.Gateway.Http;

/// <summary>The last look before the wire: what could forge a header is never handed to a gateway.</summary>
internal static class MessageCheck
{
    // RFC 5322: printable ASCII without the colon.
    private static readonly SearchValues<char> _headerName = SearchValues.Create(
        [.. Enumerable.Range(33, 94).Select(code => (char)code).Where(letter => letter != ':')]);

    private static readonly SearchValues<char> _controls = SearchValues.Create(
        [.. Enumerable.Range(0, 256).Select(code => (char)code).Where(char.IsControl)]);

    /// <summary>Why the message must not be sent; null where it may.</summary>
    /// <param name="message">The message.</param>
    /// <param name="carriesFiles">Whether the lane's gateway does.</param>
    public static string? Mistake(EmailMessage message, bool carriesFiles)
    {
        if (message.IdempotencyKey.Length == 0 || message.IdempotencyKey.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return "The idempotency key must be printable ASCII. Nothing was sent.";
        }

        if (message.Content is { Html: null, Text: null })
        {
            return "The message has neither HTML nor text. Nothing was sent.";
        }

        return In("subject", message.Content.Subject)
            ?? In("sender's name", message.From.Name) ?? In("sender's address", message.From.Email)
            ?? In("recipient's name", message.To.Name) ?? In("recipient's address", message.To.Email)
            ?? InHeaders(message.Headers) ?? (message.Attachments.Count == 0 ? null : InFiles(message.Attachments, carriesFiles));
    }

    private static string? InFiles(IReadOnlyList<Attachment> files, bool carriesFiles) =>
        carriesFiles
            ? files.Select(file => In("file's name", file.Name) ?? In("file's type", file.ContentType))
                .FirstOrDefault(mistake => mistake is not null)
            : "The lane's gateway carries no files (SupportsAttachments), and the message has some. Nothing was sent.";

    private static string? InHeaders(IReadOnlyDictionary<string, string> headers)
    {
        foreach (var (name, value) in headers)
        {
            if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(_headerName))
            {
                return "A header's name has characters that headers cannot have. Nothing was sent.";
            }

            if (In($"header {(name.Length > 100 ? name[..100] : name)}", value) is { } mistake)
            {
                return mistake;
            }
        }

        return null;
    }

    private static string? In(string where, string? value) =>
        value.AsSpan().ContainsAny(_controls)
            ? $"The {where} holds a line break or another control character. Nothing was sent."
            : null;
}

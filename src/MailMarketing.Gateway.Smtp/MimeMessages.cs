using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using MimeKit;
using MimeKit.Text;

namespace MailMarketing.Gateway.Smtp;

/// <summary>A message as it goes over the wire. The same message always gives the same bytes.</summary>
internal static class MimeMessages
{
    private const string MessageId = "Message-ID";

    /// <summary>Makes the MIME message.</summary>
    /// <param name="message">A message that passed <see cref="MessageCheck"/>.</param>
    /// <param name="now">Its date, where it has none of its own.</param>
    public static MimeMessage Of(EmailMessage message, DateTimeOffset now)
    {
        // One without headers: MimeKit's own constructor puts in the time of the attempt and a new id
        var mime = new MimeMessage((IEnumerable<Header>)[]);
        mime.From.Add(new MailboxAddress(message.From.Name, message.From.Email));
        mime.To.Add(new MailboxAddress(message.To.Name, message.To.Email));
        mime.Subject = message.Content.Subject;
        mime.Date = message.FrozenAt ?? now;
        mime.MessageId = message.Headers.TryGetValue(MessageId, out var id)
            ? id.Trim('<', '>')
            : $"{message.IdempotencyKey}@{message.From.Email[(message.From.Email.LastIndexOf('@') + 1)..]}";
        foreach (var (name, value) in message.Headers)
        {
            if (!name.Equals(MessageId, StringComparison.OrdinalIgnoreCase))
            {
                mime.Headers.Add(name, Encoding.UTF8, value);
            }
        }

        mime.Body = Body(message);
        return mime;
    }

    private static MimeEntity Body(EmailMessage message)
    {
        var (_, html, text) = message.Content;
        MimeEntity body = (text, html) switch
        {
            ({ } plain, { } rich) => Alternative(message, plain, rich),
            ({ } plain, null) => Text(TextFormat.Plain, plain),
            (_, var rich) => Text(TextFormat.Html, rich ?? ""),
        };
        if (message.Attachments.Count == 0)
        {
            return body;
        }

        var mixed = new Multipart("mixed") { body };
        mixed.Boundary = Boundary(message, "mixed");
        foreach (var file in message.Attachments)
        {
            mixed.Add(new MimePart(file.ContentType)
            {
                Content = new MimeContent(Open(file.Content)),
                ContentTransferEncoding = ContentEncoding.Base64,
                ContentDisposition = new ContentDisposition(ContentDisposition.Attachment),
                FileName = file.Name,
            });
        }

        return mixed;
    }

    private static MultipartAlternative Alternative(EmailMessage message, string text, string html)
    {
        var both = new MultipartAlternative { Text(TextFormat.Plain, text), Text(TextFormat.Html, html) };
        both.Boundary = Boundary(message, "alternative");
        return both;
    }

    private static MemoryStream Open(ReadOnlyMemory<byte> content) => MemoryMarshal.TryGetArray(content, out var bytes)
        ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
        : new MemoryStream(content.ToArray(), writable: false);

    // In lines short enough for every server, whether it knows 8-bit text or not
    private static TextPart Text(TextFormat format, string text)
    {
        var part = new TextPart(format) { ContentTransferEncoding = ContentEncoding.QuotedPrintable };
        part.SetText(Encoding.UTF8, text);
        return part;
    }

    // Not by chance, as MimeKit's own: every attempt sends the same bytes. Nobody who writes a part of the message knows its key
    private static string Boundary(EmailMessage message, string kind) =>
        $"=-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}:{message.IdempotencyKey}")).AsSpan(0, 16))}";
}

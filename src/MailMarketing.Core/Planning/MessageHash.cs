using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MailMarketing;

/// <summary>The SHA-256 of a message as its recipient gets it: sender, recipient, subject, both bodies, the headers by name and the files.</summary>
internal static class MessageHash
{
    public static string Of(EmailMessage message)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, message.From.Name);
        Add(hash, message.From.Email);
        Add(hash, message.To.Name);
        Add(hash, message.To.Email);
        Add(hash, message.Content.Subject);
        Add(hash, message.Content.Html);
        Add(hash, message.Content.Text);
        foreach (var (name, value) in message.Headers.OrderBy(header => header.Key, StringComparer.Ordinal))
        {
            Add(hash, name);
            Add(hash, value);
        }

        foreach (var file in message.Attachments)
        {
            Add(hash, file.Name);
            Add(hash, file.ContentType);
            Add(hash, file.Hash);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // Each part after its length, so that no two messages run together into the same bytes; -1 for a part that is not there.
    private static void Add(IncrementalHash hash, string? part)
    {
        var bytes = part is null ? [] : Encoding.UTF8.GetBytes(part);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, part is null ? -1 : bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}

using System.Security.Cryptography;
using System.Text.Json;

namespace ReferenceHost.MockGateway;

/// <summary>A file that came with a message, as it is recorded: without its content.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="ContentType">What it is said to be.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Of its content, in hexadecimal.</param>
internal sealed record MailFile(string Name, string ContentType, int Size, string Sha256)
{
    public static MailFile Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("attachments must be objects with name, content_type and content.");
        }

        var name = Mail.Line(json, "name", "attachments.name");
        var type = Mail.Line(json, "content_type", "attachments.content_type");
        if (string.IsNullOrEmpty(name) || name.AsSpan().ContainsAny('/', '\\') || string.IsNullOrEmpty(type))
        {
            throw new FormatException("attachments need a name without folders and a content_type.");
        }

        return json.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String
            && content.TryGetBytesFromBase64(out var bytes)
                ? new MailFile(name, type, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)))
                : throw new FormatException("attachments.content must be base64.");
    }
}

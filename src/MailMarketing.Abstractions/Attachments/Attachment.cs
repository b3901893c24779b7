using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace MailMarketing;

/// <summary>A file that emails carry.</summary>
public sealed record Attachment
{
    /// <summary>What recipients see, as in <c>terms.pdf</c>: no folders, no control characters.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, as in <c>application/pdf</c>, without parameters.</summary>
    public required string ContentType { get; init; }

    /// <summary>The SHA-256 of its content, 64 digits of 0 to 9 and a to f: what <see cref="IAttachmentStore"/> knows it by.</summary>
    public required string Hash { get; init; }

    /// <summary>How large it is, in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The content; empty where only the file is named. Never stored with what names it.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Whether the content is here.</summary>
    [JsonIgnore]
    public bool IsLoaded => Content.Length > 0 && Content.Length == Size;

    /// <summary>A file with its content, as templates in code bring them along.</summary>
    /// <param name="name">What recipients see.</param>
    /// <param name="contentType">What it is.</param>
    /// <param name="content">At least one byte; never changed afterwards.</param>
    public static Attachment Of(string name, string contentType, ReadOnlyMemory<byte> content) => new()
    {
        Name = name,
        ContentType = contentType,
        Hash = Convert.ToHexStringLower(SHA256.HashData(content.Span)),
        Size = content.Length,
        Content = content,
    };
}

namespace MailMarketing;

/// <summary>An image that emails show by its public address.</summary>
public sealed record MediaFile
{
    /// <summary>The store's number; never reused.</summary>
    public long Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>The last part of its address: the SHA-256 of the content and an ending, as in <c>9f86….png</c>. Other content, other name.</summary>
    public required string FileName { get; init; }

    /// <summary>What it is, read from the content: <c>image/png</c>, <c>image/jpeg</c>, <c>image/gif</c> or <c>image/webp</c>.</summary>
    public required string ContentType { get; init; }

    /// <summary>In bytes.</summary>
    public required long Size { get; init; }

    /// <summary>In pixels.</summary>
    public required int Width { get; init; }

    /// <summary>In pixels.</summary>
    public required int Height { get; init; }

    /// <summary>When it was first uploaded.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

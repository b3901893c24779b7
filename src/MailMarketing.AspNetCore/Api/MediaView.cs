using System.ComponentModel;

namespace MailMarketing.AspNetCore.Api;

/// <summary>An image as the API shows it.</summary>
internal sealed record MediaView
{
    public required long Id { get; init; }

    public required string Name { get; init; }

    [Description("What a template writes to show it.")]
    public required string Address { get; init; }

    public required string ContentType { get; init; }

    [Description("In bytes.")]
    public required long Size { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static MediaView Of(MediaFile file, string address) => new()
    {
        Id = file.Id, Name = file.Name, Address = address, ContentType = file.ContentType, Size = file.Size, Width = file.Width,
        Height = file.Height, CreatedAt = file.CreatedAt,
    };
}

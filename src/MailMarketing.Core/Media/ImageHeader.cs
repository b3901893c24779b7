using System.Buffers.Binary;

namespace MailMarketing;

/// <summary>What an image says of itself in its first bytes. Nothing is decoded.</summary>
/// <param name="Extension">The ending of its name.</param>
/// <param name="ContentType">What it is.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
internal sealed record ImageHeader(string Extension, string ContentType, int Width, int Height)
{
    /// <summary>The header of a PNG, JPEG, GIF or WebP with its dimensions, or null for anything else, SVG among it.</summary>
    public static ImageHeader? Read(ReadOnlySpan<byte> image) => ReadPng(image) ?? ReadGif(image) ?? ReadWebP(image) ?? ReadJpeg(image);

    private static ImageHeader? ReadPng(ReadOnlySpan<byte> image) =>
        image.Length >= 33 && image[0] == 0x89 && image[1..16].SequenceEqual("PNG\r\n\x1A\n\0\0\0\rIHDR"u8)
            ? Of("png", "image/png", BinaryPrimitives.ReadUInt32BigEndian(image[16..]), BinaryPrimitives.ReadUInt32BigEndian(image[20..]))
            : null;

    private static ImageHeader? ReadGif(ReadOnlySpan<byte> image) =>
        image.Length >= 13 && (image.StartsWith("GIF87a"u8) || image.StartsWith("GIF89a"u8))
            ? Of("gif", "image/gif", BinaryPrimitives.ReadUInt16LittleEndian(image[6..]), BinaryPrimitives.ReadUInt16LittleEndian(image[8..]))
            : null;

    private static ImageHeader? ReadWebP(ReadOnlySpan<byte> image)
    {
        if (image.Length < 30 || !image.StartsWith("RIFF"u8) || !image[8..12].SequenceEqual("WEBP"u8)
            || BinaryPrimitives.ReadUInt32LittleEndian(image[4..]) + 8L > image.Length)
        {
            return null;
        }

        var chunk = image[12..16];
        var data = image[20..];
        if (chunk.SequenceEqual("VP8 "u8) && data[3..6].SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A]))
        {
            return WebP(
                BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFFu, BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFFu);
        }

        if (chunk.SequenceEqual("VP8L"u8) && data[0] == 0x2F)
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
            return WebP((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
        }

        return chunk.SequenceEqual("VP8X"u8) ? WebP(Of24(data[4..]) + 1, Of24(data[7..]) + 1) : null;

        static uint Of24(ReadOnlySpan<byte> bytes) => bytes[0] | (uint)bytes[1] << 8 | (uint)bytes[2] << 16;

        static ImageHeader? WebP(uint width, uint height) => Of("webp", "image/webp", width, height);
    }

    // Segment by segment to the one that has the dimensions
    private static ImageHeader? ReadJpeg(ReadOnlySpan<byte> image)
    {
        if (!image.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return null;
        }

        for (var at = 2; at + 9 <= image.Length && image[at] == 0xFF;)
        {
            var marker = image[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            // A start of frame, but the three of its range that are tables
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                var height = BinaryPrimitives.ReadUInt16BigEndian(image[(at + 5)..]);
                return Of("jpg", "image/jpeg", BinaryPrimitives.ReadUInt16BigEndian(image[(at + 7)..]), height);
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(image[(at + 2)..]);
        }

        return null;
    }

    private static ImageHeader? Of(string extension, string contentType, uint width, uint height) =>
        width is > 0 and <= int.MaxValue && height is > 0 and <= int.MaxValue
            ? new ImageHeader(extension, contentType, (int)width, (int)height)
            : null;
}

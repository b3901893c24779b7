using System.Buffers.Binary;

namespace MailMarketing.StorageCases;

/// <summary>The smallest images of each kind, with dimensions as asked; <c>tail</c> makes contents differ.</summary>
public static class Pictures
{
    public static byte[] Png(int width = 3, int height = 2, byte tail = 0)
    {
        byte[] png = [0x89, .. "PNG\r\n\x1A\n\0\0\0\rIHDR"u8, .. new byte[8], 8, 6, 0, 0, 0, 0, 0, 0, 0, tail];
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        return png;
    }

    public static byte[] Gif(byte width = 3, byte height = 2) => [.. "GIF89a"u8, width, 0, height, 0, 0, 0, 0, 0x3B];

    public static byte[] Jpeg(byte width = 3, byte height = 2) =>
        [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xFF, 0xC4, 0, 3, 9, 0xFF, 0xC2, 0, 11, 8, 0, height, 0, width, 1, 1, 0x11, 0];

    public static byte[] WebP(byte width = 3, byte height = 2) => WebP("VP8X"u8, [0, 0, 0, 0, (byte)(width - 1), 0, 0, (byte)(height - 1), 0, 0]);

    public static byte[] LossyWebP(byte width = 3, byte height = 2) =>
        WebP("VP8 "u8, [0, 0, 0, 0x9D, 0x01, 0x2A, width, 0, height, 0]);

    public static byte[] LosslessWebP(byte width = 3, byte height = 2) =>
        WebP("VP8L"u8, [0x2F, (byte)(width - 1), (byte)((height - 1) << 6), (byte)((height - 1) >> 2), 0, 0, 0, 0, 0, 0]);

    private static byte[] WebP(ReadOnlySpan<byte> chunk, ReadOnlySpan<byte> data) =>
        [.. "RIFF"u8, (byte)(12 + data.Length), 0, 0, 0, .. "WEBP"u8, .. chunk, (byte)data.Length, 0, 0, 0, .. data];
}

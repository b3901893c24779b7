using System.Text;
using MailMarketing.StorageCases;

namespace MailMarketing.Core.Tests.Media;

public sealed class ImageHeaderTests
{
    public static TheoryData<string, byte[]> Images => new()
    {
        { "image/png", Pictures.Png() }, { "image/gif", Pictures.Gif() }, { "image/jpeg", Pictures.Jpeg() },
        { "image/webp", Pictures.WebP() }, { "image/webp", Pictures.LossyWebP() }, { "image/webp", Pictures.LosslessWebP() },
    };

    public static TheoryData<string> Others =>
    [
        "", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "<!doctype html><script>alert(1)</script>", "MZ\u0090", "BM6", "%PDF-1.7",
        "GIF88a\u0003\0\u0002\0\0\0\0;", "RIFF\u0016\0\0\0WAVEfmt                     ",
    ];

    [Theory]
    [MemberData(nameof(Images))]
    public void Each_kind_tells_its_dimensions(string type, byte[] image)
    {
        var header = ImageHeader.Read(image);
        Assert.Equal((type, 3, 2), (header!.ContentType, header.Width, header.Height));
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void One_cut_short_in_its_header_is_none(string type, byte[] image)
    {
        Assert.StartsWith("image/", type, StringComparison.Ordinal);
        Assert.All(Enumerable.Range(0, 13), length => Assert.Null(ImageHeader.Read(image.AsSpan(0, length))));
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Anything_else_is_none(string content) => Assert.Null(ImageHeader.Read(Encoding.Latin1.GetBytes(content)));

    [Fact]
    public void One_of_no_size_is_none()
    {
        Assert.Null(ImageHeader.Read(Pictures.Png(0, 2)));
        Assert.Null(ImageHeader.Read(Pictures.Png(3, -1)));
        Assert.Null(ImageHeader.Read(Pictures.Gif(3, 0)));
        Assert.Null(ImageHeader.Read(Pictures.Jpeg(0, 2)));
    }

    [Fact]
    public void Noise_behind_a_signature_never_throws()
    {
        var noise = new Random(7);
        foreach (var start in Images.Select(row => row.Data.Item2))
        {
            for (var round = 0; round < 2000; round++)
            {
                var image = new byte[noise.Next(60)];
                noise.NextBytes(image);
                start.AsSpan(0, Math.Min(noise.Next(14), image.Length)).CopyTo(image);
                Assert.True(ImageHeader.Read(image) is null or { Width: > 0, Height: > 0 });
            }
        }
    }
}

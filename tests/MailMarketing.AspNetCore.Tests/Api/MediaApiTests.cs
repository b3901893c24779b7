using System.Net;
using System.Net.Http.Headers;
using System.Text;
using MailMarketing.StorageCases;

namespace MailMarketing.AspNetCore.Tests.Api;

/// <summary>Images, uploaded and shown (FAULTS: S-40, S-42, S-43, B-C07, B-C12).</summary>
public sealed class MediaApiTests(ApiHost host) : IDisposable
{
    private static int _tail;

    private readonly HttpClient _client = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task An_image_is_shown_to_everybody_for_ever_and_never_as_a_page()
    {
        var image = NewPng();
        var answer = (await AddAsync("logo.png", "image/png", image)).Succeeded(HttpStatusCode.Created).Json;
        Assert.Equal((3, 2, image.Length), (answer.GetProperty("width").GetInt32(), answer.GetProperty("height").GetInt32(), answer.GetProperty("size").GetInt32()));
        var address = new Uri(answer.GetProperty("address").GetString()!);
        Assert.Matches("^https://mail.example.org/m/media/[0-9a-f]{64}[.]png$", address.ToString());

        using var shown = await _client.GetAsync(new Uri(host.Address, address.AbsolutePath), Stop);

        Assert.Equal(image, await shown.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal("image/png", shown.Content.Headers.ContentType!.ToString());
        Assert.Equal("public, max-age=31536000, immutable", Header(shown, "Cache-Control"));
        Assert.Equal("nosniff", Header(shown, "X-Content-Type-Options"));
        Assert.Equal("default-src 'none'; sandbox", Header(shown, "Content-Security-Policy"));
        Assert.Equal("attachment", shown.Content.Headers.ContentDisposition!.DispositionType);

        using var again = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Address, address.AbsolutePath));
        again.Headers.IfNoneMatch.Add(shown.Headers.ETag!);
        using var unchanged = await _client.SendAsync(again, Stop);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        using var head = new HttpRequestMessage(HttpMethod.Head, new Uri(host.Address, address.AbsolutePath));
        using var told = await _client.SendAsync(head, Stop);
        Assert.Equal((HttpStatusCode.OK, image.Length), (told.StatusCode, told.Content.Headers.ContentLength!.Value));
    }

    [Fact]
    public async Task The_same_image_again_is_the_one_that_is_there()
    {
        var image = NewPng();
        var first = (await AddAsync("one.png", "image/png", image)).Succeeded(HttpStatusCode.Created);
        var second = (await AddAsync("two.png", "image/png", image)).Succeeded(HttpStatusCode.Created);
        Assert.Equal((first.Id, "one.png"), (second.Id, second.Json.GetProperty("name").GetString()));
        Assert.Contains((await host.GetAsync("/media?search=one.png")).Succeeded().Items, item => item.GetProperty("id").GetInt64() == first.Id);
    }

    [Theory]
    [InlineData("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")]
    [InlineData("image/png", "<html><script>alert(1)</script></html>")]
    [InlineData("image/png", "GIF89a\u0003\0\u0002\0\0\0\0;")]
    [InlineData("image/png", "MZ executable")]
    [InlineData("image/png", "")]
    public async Task What_is_not_what_it_says_is_refused(string type, string content) =>
        (await AddAsync("x.png", type, Encoding.Latin1.GetBytes(content))).Refused(HttpStatusCode.UnprocessableEntity, "file");

    [Fact]
    public async Task Another_type_of_body_is_refused_and_one_of_too_many_pixels()
    {
        Assert.Contains("image/png", (await AddAsync("x.png", "text/html", NewPng())).Refused(HttpStatusCode.UnsupportedMediaType), StringComparison.Ordinal);
        (await AddAsync("x.png", null, NewPng())).Refused(HttpStatusCode.UnsupportedMediaType);
        (await AddAsync("x.png", "image/png", Pictures.Png(60_000, 2))).Refused(HttpStatusCode.UnprocessableEntity, "file");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a%0D%0AX-Y:%20z.png")]
    [InlineData("..%2Fx.png")]
    [InlineData("..%5Cx.png")]
    [InlineData("§")]
    public async Task A_name_that_is_a_path_or_breaks_the_line_or_is_long_is_refused(string name) =>
        (await AddAsync(name == "§" ? new string('x', 300) : name, "image/png", NewPng())).Refused(HttpStatusCode.UnprocessableEntity, "name");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_is_too_large_is_refused_whether_or_not_its_length_is_told(bool told)
    {
        byte[] image = [.. NewPng(), .. new byte[1024 * 1024]];
        using Stream stream = new MemoryStream(image);
        using HttpContent content = told ? new ByteArrayContent(image) : new StreamContent(new Unseekable(stream));
        content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        Assert.Contains(
            "1024 KiB", (await host.SendAsync(HttpMethod.Post, "/api/v1/media?name=large.png", content)).Refused(HttpStatusCode.RequestEntityTooLarge),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing.png")]
    [InlineData("%2e%2e%2fmail.db")]
    [InlineData("..%5c..%5cmail.db")]
    [InlineData("%25")]
    public async Task What_is_no_image_is_not_found(string name)
    {
        using var answer = await _client.GetAsync(new Uri(host.Address, $"/m/media/{name}"), Stop);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task One_that_a_template_shows_is_deleted_only_once_it_does_not()
    {
        var image = (await AddAsync("shown.png", "image/png", NewPng())).Succeeded(HttpStatusCode.Created);
        var template = await host.AddTemplateAsync($"Look: {image.Json.GetProperty("address").GetString()}");
        Assert.Contains("template", (await host.DeleteAsync($"/media/{image.Id}")).Refused(HttpStatusCode.Conflict), StringComparison.Ordinal);
        (await host.DeleteAsync($"/templates/{template}")).Succeeded(HttpStatusCode.NoContent);
        (await host.DeleteAsync($"/media/{image.Id}")).Succeeded(HttpStatusCode.NoContent);
        (await host.DeleteAsync($"/media/{image.Id}")).Refused(HttpStatusCode.NotFound);
    }

    private static string Header(HttpResponseMessage answer, string name) => string.Join(", ", answer.Headers.GetValues(name));

    private static byte[] NewPng() => Pictures.Png(tail: (byte)Interlocked.Increment(ref _tail));

    private Task<Answer> AddAsync(string name, string? type, byte[] image) => host.CallAsync("POST", $"/media?name={name}", image, type);

    /// <summary>So that its length is not told before.</summary>
    private sealed class Unseekable(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

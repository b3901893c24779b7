using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace MailMarketing.EndToEnd;

/// <summary>The most that can be: requests with bodies that were made before, and nothing else.</summary>
internal sealed class Ceiling : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = Arguments.Concurrency });
    private readonly byte[] _body;
    private readonly Uri _gateway;

    public Ceiling(Uri gateway)
    {
        _gateway = gateway;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes("u:p")));
        var mail = Newsletter.Compile(Audience.Template).Render(Audience.Reader);
        _body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            from = new { name = "News", email = "news@example.org" }, to = new { name = "Ada Lovelace", email = "person100@example.org" },
            subject = mail.Subject, text = mail.Text ?? "", html = mail.Html, headers = new { },
        });
    }

    /// <summary>Bytes of one message.</summary>
    public int Size => _body.Length;

    public Task SendAsync(int messages) => Parallel.ForAsync(0, messages, new ParallelOptions { MaxDegreeOfParallelism = Arguments.Concurrency }, SendAsync);

    public void Dispose() => _http.Dispose();

    private async ValueTask SendAsync(int number, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _gateway) { Content = new ByteArrayContent(_body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("Idempotency-Key", $"key-{number}");
        using var answer = await _http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync(cancellationToken);
    }
}

namespace MailMarketing.EndToEnd;

/// <summary>The most that can be: requests with bodies that were made before, and nothing else.</summary>
internal sealed class Ceiling(Uri gateway) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = Arguments.Concurrency });
    private readonly byte[] _body = Message.Body("person100@example.org");

    /// <summary>Bytes of one message.</summary>
    public int Size => _body.Length;

    public Task SendAsync(int messages) => Parallel.ForAsync(0, messages, new ParallelOptions { MaxDegreeOfParallelism = Arguments.Concurrency }, SendAsync);

    public void Dispose() => _http.Dispose();

    private async ValueTask SendAsync(int number, CancellationToken cancellationToken)
    {
        using var request = Message.Request(gateway, _body, $"key-{number}");
        using var answer = await _http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync(cancellationToken);
    }
}

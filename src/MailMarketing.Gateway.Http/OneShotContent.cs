using System.Net;
using System.Net.Http.Headers;

namespace MailMarketing.Gateway.Http;

/// <summary>A message's JSON, that knows whether it began to leave and refuses to leave twice.</summary>
internal sealed class OneShotContent : HttpContent
{
    private readonly ReadOnlyMemory<byte> _body;
    private int _started;
    private int _finished;

    public OneShotContent(ReadOnlyMemory<byte> body)
    {
        _body = body;
        Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
    }

    /// <summary>Whether writing began. The handler asks for it only once a connection stands, so before that nothing left.</summary>
    public bool Started => Volatile.Read(ref _started) != 0;

    /// <summary>Whether nobody reads the body any more.</summary>
    public bool AtRest => !Started || Volatile.Read(ref _finished) != 0;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _started, 1) != 0)
        {
            throw new InvalidOperationException("The message has been on the wire already; sending it again is not the handler's decision.");
        }

        await stream.WriteAsync(_body, cancellationToken);
        Volatile.Write(ref _finished, 1);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}

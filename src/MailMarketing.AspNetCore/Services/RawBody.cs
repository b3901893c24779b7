using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MailMarketing.AspNetCore;

/// <summary>The bytes of a call's body exactly as they came, which is what the signature covers.</summary>
internal sealed record RawBody(ReadOnlyMemory<byte> Bytes)
{
    public static RawBody Of(HttpContext context) =>
        context.Features.Get<RawBody>() ?? throw new InvalidOperationException("The endpoint is not behind VerifySignature.");

    // What a caller that nobody knows yet says of its body buys it no more memory than this
    private const int Believed = 1024 * 1024;

    /// <summary>Reads a body of at most <paramref name="max"/> bytes; null where it is larger.</summary>
    public static async Task<RawBody?> ReadAsync(HttpRequest request, int max, CancellationToken cancellationToken)
    {
        if (request.ContentLength > max)
        {
            return null;
        }

        // Our own limit replaces the server's, which is lower than ours by default
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        using var all = new MemoryStream((int)Math.Min(request.ContentLength ?? 0, Believed));
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (all.Length + read > max)
            {
                return null;
            }

            all.Write(buffer, 0, read);
        }

        return new RawBody(all.GetBuffer().AsMemory(0, (int)all.Length));
    }
}

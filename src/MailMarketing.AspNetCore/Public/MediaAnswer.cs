using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace MailMarketing.AspNetCore.Public;

/// <summary>Serves images to whoever has their address. The address names the content, so copies of it are good for ever.</summary>
internal static class MediaAnswer
{
    public static async Task<IResult> AnswerAsync(
        string fileName, MediaClient media, HttpResponse response, CancellationToken cancellationToken)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        if (await media.OpenAsync(fileName, cancellationToken) is not { } content)
        {
            response.Headers.CacheControl = "no-store";
            return Results.NotFound();
        }

        response.Headers.CacheControl = "public, max-age=31536000, immutable";

        // Web mail shows it from another origin; opened by itself it is a download, never a page
        response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
        return Results.Bytes(content.Bytes, content.ContentType, entityTag: new EntityTagHeaderValue($"\"{fileName}\""));
    }
}

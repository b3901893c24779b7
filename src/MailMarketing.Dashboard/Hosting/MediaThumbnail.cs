using Microsoft.AspNetCore.Http;

namespace MailMarketing.Dashboard.Hosting;

/// <summary>Shows an image to who may look at the dashboard, wherever the public address leads.</summary>
internal static class MediaThumbnail
{
    public const string Route = "/media/{fileName}";

    public static async Task<IResult> AnswerAsync(
        string fileName, MediaClient media, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await media.OpenAsync(fileName, cancellationToken) is not { } content)
        {
            return Results.NotFound();
        }

        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers.CacheControl = "private, max-age=86400, immutable";
        return Results.Bytes(content.Bytes, content.ContentType);
    }
}

using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace MailMarketing.AspNetCore.Api;

internal static class AttachmentEndpoints
{
    private const int Framing = 64 * 1024;

    public static void MapAttachments(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/attachments").WithTags("Attachments");
        group.MapPost("/", AddAsync).WithSummary("Upload a file that emails carry")
            .Produces<AttachmentBody>(StatusCodes.Status201Created).Refuses(409, 413, 422)
            .WithDescription(
                "The body is the file itself, with its type as Content-Type. Put the answer into the attachments of a template or a campaign; "
                + "what nothing names a day later is forgotten.");
        group.MapGet("/{hash}", GetAsync).WithSummary("Download a file that emails carry")
            .Produces<string>(StatusCodes.Status200OK, "application/octet-stream").Refuses(404);
    }

    private static async Task<IResult> AddAsync(
        HttpContext context, [Description("What recipients see, as in terms.pdf.")] string? name, AttachmentsClient attachments,
        CancellationToken cancellationToken)
    {
        var request = context.Request;
        var type = MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed.MediaType.Value : null;
        if (request.ContentLength > attachments.MaxBytes)
        {
            return ApiResults.Of(attachments.TooLarge());
        }

        // A little more than is taken, what frames the chunks too, so that the answer is ours
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = attachments.MaxBytes + Framing;
        }

        return ApiResults.Answer(
            await attachments.AddAsync(name ?? "", type, request.Body, cancellationToken), AttachmentBody.Of, StatusCodes.Status201Created);
    }

    // Always as a file to save: whatever somebody uploaded is never a page of this site
    private static async Task<IResult> GetAsync(
        string hash, HttpContext context, AttachmentsClient attachments, CancellationToken cancellationToken)
    {
        if (hash.Length > Limits.Name || await attachments.ReadAsync(hash, cancellationToken) is not { } content)
        {
            return ApiResults.Of(new Problem(ProblemKind.NotFound, "There is no such file."));
        }

        context.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.File(content, "application/octet-stream", fileDownloadName: hash);
    }
}

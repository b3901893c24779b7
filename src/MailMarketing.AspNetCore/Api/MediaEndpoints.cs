using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace MailMarketing.AspNetCore.Api;

internal static class MediaEndpoints
{
    private const int Framing = 64 * 1024;

    public static void MapMedia(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/media").WithTags("Media");
        group.MapPost("/", AddAsync).WithSummary("Upload an image that emails show")
            .Produces<MediaView>(StatusCodes.Status201Created).Refuses(409, 413, 415, 422)
            .WithDescription(
                "The body is the image itself: PNG, JPEG, GIF or WebP, judged by its content and stored as it is. The same content again "
                + "answers what is stored already.");
        group.MapGet("/", ListAsync).WithSummary("List images").Produces<Page<MediaView>>();
        group.MapDelete("/{id:long}", DeleteAsync).WithSummary("Delete an image").Produces(StatusCodes.Status204NoContent).Refuses(404, 409)
            .WithDescription("Refused while a template or a campaign that is still sending shows it. Emails sent already show it no more.");
    }

    private static async Task<IResult> AddAsync(
        HttpContext context, [Description("What people call it, as in logo.png.")] string? name, MediaClient media,
        CancellationToken cancellationToken)
    {
        var request = context.Request;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.StartsWith("image/", StringComparison.OrdinalIgnoreCase))
        {
            return Results.Problem(
                "Send the image itself as the body, with its type as Content-Type, such as image/png.",
                statusCode: StatusCodes.Status415UnsupportedMediaType);
        }

        if (request.ContentLength > media.MaxBytes)
        {
            return ApiResults.Of(media.TooLarge());
        }

        // A little more than is taken, what frames the chunks too, so that the answer is ours
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = media.MaxBytes + Framing;
        }

        return ApiResults.Answer(
            await media.AddAsync(name ?? "", type.MediaType.Value, request.Body, cancellationToken),
            file => MediaView.Of(file, media.AddressOf(file)), StatusCodes.Status201Created);
    }

    private static async Task<IResult> ListAsync(ListQuery query, MediaClient media, CancellationToken cancellationToken) =>
        ApiResults.Answer(
            await media.ListAsync(query.Page, cancellationToken), file => MediaView.Of(file, media.AddressOf(file)));

    private static async Task<IResult> DeleteAsync(long id, MediaClient media, CancellationToken cancellationToken) =>
        ApiResults.Done(await media.DeleteAsync(id, cancellationToken));
}

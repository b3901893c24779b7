using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace MailMarketing.AspNetCore.Api;

internal static class ContactEndpoints
{
    // Read row by row, in constant memory: some ten million contacts.
    private const long MaxImport = 1024L * 1024 * 1024;

    public static void MapContacts(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/contacts").WithTags("Contacts");
        group.MapPost("/", AddAsync).AddRepeatable().WithSummary("Add a contact, subscribed")
            .Produces<ContactView>(StatusCodes.Status201Created).Refuses(409);
        group.MapGet("/", ListAsync).WithSummary("List contacts").Produces<Page<ContactView>>();
        group.MapGet("/{id:long}", GetAsync).WithSummary("Get a contact").Produces<ContactView>().Refuses(404);
        group.MapPut("/{id:long}", UpdateAsync).WithSummary("Replace what is known of a contact").Produces<ContactView>().Refuses(404, 409);
        group.MapDelete("/{id:long}", DeleteAsync).WithSummary("Delete a contact").Produces(StatusCodes.Status204NoContent).Refuses(404)
            .WithDescription("What waits to be sent to it is cancelled.");
        group.MapGet("/{id:long}/segments", SegmentsAsync).WithSummary("List the segments of a contact")
            .Produces<Page<SegmentView>>().Refuses(404).WithDescription("All of them in one page, by name.");
        group.MapPost("/{id:long}/unsubscribe", UnsubscribeAsync).WithSummary("Send a contact no more campaigns")
            .Produces(StatusCodes.Status204NoContent).Refuses(404);
        group.MapPost("/{id:long}/subscribe", SubscribeAsync).WithSummary("Send a contact campaigns again")
            .Produces(StatusCodes.Status204NoContent).Refuses(404).WithDescription("Only with the contact's consent.");
        group.MapPost("/import", ImportAsync).WithSummary("Import contacts from CSV")
            .WithDescription(
                "UTF-8, separated by commas, with a header row: email and, where wanted, name, firstName, lastName and status "
                + "(unsubscribed takes the consent away; subscribed gives it to nobody who is known); further columns become attributes. "
                + "Contacts that exist are updated. Rows that are wrong are counted, and the others imported.")
            .Accepts<string>("text/csv").Produces<ImportView>(StatusCodes.Status202Accepted).Refuses(400, 404, 413, 415, 422);
        api.MapGet("/imports/{id:long}", GetImportAsync).WithTags("Contacts").WithSummary("Get how an import fares")
            .Produces<ImportView>().Refuses(404);
    }

    /// <summary>A page of contacts, of a segment where one is named.</summary>
    public static ContactQuery Query(PageRequest page, long? segmentId) =>
        new() { Limit = page.Limit, Cursor = page.Cursor, Search = page.Search, SegmentId = segmentId };

    private static async Task<IResult> AddAsync(ApiBody<ContactBody> body, ContactsClient contacts, CancellationToken cancellationToken) =>
        ApiResults.Answer(await contacts.AddAsync(body.Value.ToData(), cancellationToken), ContactView.Of, StatusCodes.Status201Created);

    private static async Task<IResult> ListAsync(ListQuery query, ContactsClient contacts, CancellationToken cancellationToken) =>
        ApiResults.Answer(await contacts.ListAsync(Query(query.Page, null), cancellationToken), ContactView.Of);

    private static async Task<IResult> GetAsync(long id, ContactsClient contacts, CancellationToken cancellationToken) =>
        ApiResults.Found(await contacts.GetAsync(id, cancellationToken), ContactView.Of, "contact", id);

    private static async Task<IResult> UpdateAsync(
        long id, ApiBody<ContactBody> body, ContactsClient contacts, CancellationToken cancellationToken) =>
        ApiResults.Answer(await contacts.UpdateAsync(id, body.Value.ToData(), cancellationToken), ContactView.Of);

    private static async Task<IResult> DeleteAsync(long id, ContactsClient contacts, CancellationToken cancellationToken) =>
        ApiResults.Done(await contacts.DeleteAsync(id, cancellationToken), "contact", id);

    private static async Task<IResult> SegmentsAsync(
        long id, ContactsClient contacts, SegmentsClient segments, CancellationToken cancellationToken) =>
        await contacts.GetAsync(id, cancellationToken) is null
            ? ApiResults.NotFound("contact", id)
            : ApiResults.Json(new Page<SegmentView>(
                [.. (await segments.OfContactAsync(id, cancellationToken)).Select(SegmentView.Of)], null));

    private static async Task<IResult> UnsubscribeAsync(long id, ContactsClient contacts, CancellationToken cancellationToken) =>
        ApiResults.Done(await contacts.UnsubscribeAsync(id, cancellationToken), "contact", id);

    private static async Task<IResult> SubscribeAsync(long id, ContactsClient contacts, CancellationToken cancellationToken) =>
        ApiResults.Done(await contacts.SubscribeAsync(id, cancellationToken), "contact", id);

    private static async Task<IResult> ImportAsync(
        HttpContext context,
        [Description("A segment that all of them join, by its number.")] string? segmentId,
        ContactsClient contacts,
        CancellationToken cancellationToken)
    {
        if (!IsCsv(context.Request))
        {
            return Results.Problem(
                "Send the CSV itself as the body, in UTF-8, with Content-Type: text/csv.",
                statusCode: StatusCodes.Status415UnsupportedMediaType);
        }

        long? segment = null;
        if (!string.IsNullOrEmpty(segmentId))
        {
            if (!long.TryParse(segmentId, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                return ApiResults.BadRequest("segmentId", "segmentId must be the number of a segment.");
            }

            segment = id;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxImport;
        }

        return ApiResults.Answer(
            await contacts.ImportAsync(context.Request.Body, segment, cancellationToken), ImportView.Of, StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> GetImportAsync(long id, ContactsClient contacts, CancellationToken cancellationToken) =>
        ApiResults.Found(await contacts.GetImportAsync(id, cancellationToken), ImportView.Of, "import", id);

    private static bool IsCsv(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("text/csv", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}

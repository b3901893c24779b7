using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailMarketing.AspNetCore.Api;

internal static class ContactEndpoints
{
    public static void MapContacts(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/contacts").WithTags("Contacts");
        group.MapPost("/", AddAsync).Accepts<ContactBody>("application/json").Produces<Contact>(StatusCodes.Status201Created);
        group.MapGet("/", ListAsync);
        group.MapGet("/{id:long}", GetAsync).Produces<Contact>();
        group.MapPut("/{id:long}", UpdateAsync).Accepts<ContactBody>("application/json").Produces<Contact>();
        group.MapDelete("/{id:long}", DeleteAsync);
        group.MapGet("/{id:long}/segments", SegmentsAsync);
        group.MapPost("/{id:long}/unsubscribe", UnsubscribeAsync);
        group.MapPost("/{id:long}/subscribe", SubscribeAsync);
        group.MapPost("/import", ImportAsync).Accepts<string>("text/csv");
        api.MapGet("/imports/{id:long}", GetImportAsync).WithTags("Contacts").Produces<ContactImport>();

        var suppressions = api.MapGroup("/suppressions").WithTags("Suppressions");
        suppressions.MapGet("/", ListSuppressionsAsync);
        suppressions.MapPost("/", SuppressAsync).Accepts<SuppressionBody>("application/json");
        suppressions.MapDelete("/{email}", LiftAsync);
    }

    private static async Task<IResult> AddAsync(HttpContext context, ContactsClient contacts, CancellationToken cancellationToken)
    {
        var body = await ApiBody<ContactBody>.ReadAsync(context);
        if (body.Refusal is not null)
        {
            return body.Refusal;
        }

        var added = await contacts.AddAsync(body.Value!.ToData(), cancellationToken);
        return added.Succeeded ? ApiResults.Json(added.Value, StatusCodes.Status201Created) : ApiResults.Of(added.Problem);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, ContactsClient contacts, CancellationToken cancellationToken) =>
        Paging.Read(request, out var refusal) is { } page
            ? Paging.Answer(
                await contacts.ListAsync(new ContactQuery { Limit = page.Limit, Cursor = page.Cursor, Search = page.Search }, cancellationToken),
                contact => contact)
            : refusal!;

    private static async Task<IResult> GetAsync(long id, ContactsClient contacts, CancellationToken cancellationToken) =>
        ApiResults.Found(await contacts.GetAsync(id, cancellationToken), "contact", id);

    private static async Task<IResult> UpdateAsync(long id, HttpContext context, ContactsClient contacts, CancellationToken cancellationToken)
    {
        var body = await ApiBody<ContactBody>.ReadAsync(context);
        if (body.Refusal is not null)
        {
            return body.Refusal;
        }

        var updated = await contacts.UpdateAsync(id, body.Value!.ToData(), cancellationToken);
        return updated.Succeeded ? ApiResults.Json(updated.Value) : ApiResults.Of(updated.Problem);
    }

    private static async Task<IResult> DeleteAsync(long id, ContactsClient contacts, CancellationToken cancellationToken) =>
        ApiResults.Done(await contacts.DeleteAsync(id, cancellationToken), "contact", id);

    private static async Task<IResult> SegmentsAsync(
        long id, ContactsClient contacts, SegmentsClient segments, CancellationToken cancellationToken) =>
        await contacts.GetAsync(id, cancellationToken) is null
            ? ApiResults.NotFound("contact", id)
            : ApiResults.Json(new { items = await segments.OfContactAsync(id, cancellationToken), nextCursor = (string?)null });

    private static async Task<IResult> UnsubscribeAsync(long id, ContactsClient contacts, CancellationToken cancellationToken) =>
        ApiResults.Done(await contacts.UnsubscribeAsync(id, cancellationToken), "contact", id);

    private static async Task<IResult> SubscribeAsync(long id, ContactsClient contacts, CancellationToken cancellationToken) =>
        ApiResults.Done(await contacts.SubscribeAsync(id, cancellationToken), "contact", id);

    private static async Task<IResult> ImportAsync(HttpRequest request, ContactsClient contacts, CancellationToken cancellationToken)
    {
        if (request.ContentType?.StartsWith("text/csv", StringComparison.OrdinalIgnoreCase) != true)
        {
            return Results.Problem("Send the CSV itself as the body, with Content-Type: text/csv.", statusCode: StatusCodes.Status415UnsupportedMediaType);
        }

        long? segmentId = null;
        if (request.Query["segmentId"].ToString() is { Length: > 0 } text)
        {
            if (!long.TryParse(text, out var id))
            {
                return ApiResults.BadRequest("segmentId", "segmentId must be the number of a segment.");
            }

            segmentId = id;
        }

        var import = await contacts.ImportAsync(request.Body, segmentId, cancellationToken);
        return import.Succeeded ? ApiResults.Json(import.Value, StatusCodes.Status202Accepted) : ApiResults.Of(import.Problem);
    }

    private static async Task<IResult> GetImportAsync(long id, ContactsClient contacts, CancellationToken cancellationToken) =>
        ApiResults.Found(await contacts.GetImportAsync(id, cancellationToken), "import", id);

    private static async Task<IResult> ListSuppressionsAsync(HttpRequest request, ContactsClient contacts, CancellationToken cancellationToken) =>
        Paging.Read(request, out var refusal) is { } page
            ? Paging.Answer(await contacts.ListSuppressionsAsync(page, cancellationToken), suppression => suppression)
            : refusal!;

    private static async Task<IResult> SuppressAsync(HttpContext context, ContactsClient contacts, CancellationToken cancellationToken)
    {
        var body = await ApiBody<SuppressionBody>.ReadAsync(context);
        if (body.Refusal is not null)
        {
            return body.Refusal;
        }

        var suppressed = await contacts.SuppressAsync(body.Value!.Email ?? "", body.Value.Reason, cancellationToken);
        return suppressed.Succeeded ? Results.NoContent() : ApiResults.Of(suppressed.Problem);
    }

    private static async Task<IResult> LiftAsync(string email, ContactsClient contacts, CancellationToken cancellationToken) =>
        await contacts.LiftAsync(email, cancellationToken)
            ? Results.NoContent()
            : ApiResults.Of(new Problem(ProblemKind.NotFound, "This address is not suppressed."));

    private sealed record ContactBody(string? Email, string? Name, string? FirstName, string? LastName, Dictionary<string, JsonElement>? Attributes)
    {
        public ContactData ToData() => new()
        {
            Email = Email ?? "",
            Name = Name,
            FirstName = FirstName,
            LastName = LastName,
            Attributes = Attributes ?? [],
        };
    }

    private sealed record SuppressionBody(string? Email, string? Reason);
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailMarketing.AspNetCore.Api;

internal static class SegmentEndpoints
{
    public static void MapSegments(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/segments").WithTags("Segments");
        group.MapPost("/", AddAsync).Accepts<SegmentBody>("application/json").Produces<Segment>(StatusCodes.Status201Created);
        group.MapGet("/", ListAsync);
        group.MapGet("/{id:long}", GetAsync).Produces<Segment>();
        group.MapPut("/{id:long}", RenameAsync).Accepts<SegmentBody>("application/json").Produces<Segment>();
        group.MapDelete("/{id:long}", DeleteAsync);
        group.MapGet("/{id:long}/contacts", MembersAsync);
        group.MapPut("/{id:long}/contacts", AddMembersAsync).Accepts<MembersBody>("application/json");
        group.MapDelete("/{id:long}/contacts/{contactId:long}", RemoveMemberAsync);
    }

    private static async Task<IResult> AddAsync(HttpContext context, SegmentsClient segments, CancellationToken cancellationToken)
    {
        var body = await ApiBody<SegmentBody>.ReadAsync(context);
        if (body.Refusal is not null)
        {
            return body.Refusal;
        }

        var added = await segments.AddAsync(body.Value!.Name ?? "", cancellationToken);
        return added.Succeeded ? ApiResults.Json(added.Value, StatusCodes.Status201Created) : ApiResults.Of(added.Problem);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, SegmentsClient segments, CancellationToken cancellationToken) =>
        Paging.Read(request, out var refusal) is { } page
            ? Paging.Answer(await segments.ListAsync(page, cancellationToken), segment => segment)
            : refusal!;

    private static async Task<IResult> GetAsync(long id, SegmentsClient segments, CancellationToken cancellationToken) =>
        ApiResults.Found(await segments.GetAsync(id, cancellationToken), "segment", id);

    private static async Task<IResult> RenameAsync(long id, HttpContext context, SegmentsClient segments, CancellationToken cancellationToken)
    {
        var body = await ApiBody<SegmentBody>.ReadAsync(context);
        if (body.Refusal is not null)
        {
            return body.Refusal;
        }

        var renamed = await segments.RenameAsync(id, body.Value!.Name ?? "", cancellationToken);
        return renamed.Succeeded ? ApiResults.Json(renamed.Value) : ApiResults.Of(renamed.Problem);
    }

    private static async Task<IResult> DeleteAsync(long id, SegmentsClient segments, CancellationToken cancellationToken) =>
        ApiResults.Done(await segments.DeleteAsync(id, cancellationToken), "segment", id);

    private static async Task<IResult> MembersAsync(
        long id, HttpRequest request, SegmentsClient segments, ContactsClient contacts, CancellationToken cancellationToken)
    {
        if (Paging.Read(request, out var refusal) is not { } page)
        {
            return refusal!;
        }

        if (await segments.GetAsync(id, cancellationToken) is null)
        {
            return ApiResults.NotFound("segment", id);
        }

        var query = new ContactQuery { Limit = page.Limit, Cursor = page.Cursor, Search = page.Search, SegmentId = id };
        return Paging.Answer(await contacts.ListAsync(query, cancellationToken), contact => contact);
    }

    private static async Task<IResult> AddMembersAsync(long id, HttpContext context, SegmentsClient segments, CancellationToken cancellationToken)
    {
        var body = await ApiBody<MembersBody>.ReadAsync(context);
        if (body.Refusal is not null)
        {
            return body.Refusal;
        }

        if (body.Value!.ContactIds is not { } contactIds)
        {
            return ApiResults.Of(Problem.Invalid("contactIds", "contactIds is required: the numbers of the contacts to add."));
        }

        var added = await segments.AddMembersAsync(id, contactIds, cancellationToken);
        return added.Succeeded ? Results.NoContent() : ApiResults.Of(added.Problem);
    }

    private static async Task<IResult> RemoveMemberAsync(long id, long contactId, SegmentsClient segments, CancellationToken cancellationToken) =>
        ApiResults.Done(await segments.RemoveMemberAsync(id, contactId, cancellationToken), "member", contactId);

    private sealed record SegmentBody(string? Name);

    private sealed record MembersBody(IReadOnlyList<long>? ContactIds);
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailMarketing.AspNetCore.Api;

internal static class SegmentEndpoints
{
    public static void MapSegments(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/segments").WithTags("Segments");
        group.MapPost("/", AddAsync).AddRepeatable().WithSummary("Add a segment").Produces<SegmentView>(StatusCodes.Status201Created).Refuses(409);
        group.MapGet("/", ListAsync).WithSummary("List segments").Produces<Page<SegmentView>>();
        group.MapGet("/{id:long}", GetAsync).WithSummary("Get a segment").Produces<SegmentView>().Refuses(404);
        group.MapPut("/{id:long}", RenameAsync).WithSummary("Rename a segment").Produces<SegmentView>().Refuses(404, 409);
        group.MapDelete("/{id:long}", DeleteAsync).WithSummary("Delete a segment, not its contacts")
            .Produces(StatusCodes.Status204NoContent).Refuses(404);
        group.MapGet("/{id:long}/contacts", MembersAsync).WithSummary("List the contacts of a segment")
            .Produces<Page<ContactView>>().Refuses(404);
        group.MapPut("/{id:long}/contacts", AddMembersAsync).WithSummary("Add contacts to a segment")
            .WithDescription("All or none of them; those that belong to it already stay.")
            .Produces(StatusCodes.Status204NoContent).Refuses(404);
        group.MapDelete("/{id:long}/contacts/{contactId:long}", RemoveMemberAsync).WithSummary("Take a contact out of a segment")
            .Produces(StatusCodes.Status204NoContent).Refuses(404);
    }

    private static async Task<IResult> AddAsync(ApiBody<SegmentBody> body, SegmentsClient segments, CancellationToken cancellationToken) =>
        ApiResults.Answer(await segments.AddAsync(body.Value.Name ?? "", cancellationToken), SegmentView.Of, StatusCodes.Status201Created);

    private static async Task<IResult> ListAsync(ListQuery query, SegmentsClient segments, CancellationToken cancellationToken) =>
        ApiResults.Answer(await segments.ListAsync(query.Page, cancellationToken), SegmentView.Of);

    private static async Task<IResult> GetAsync(long id, SegmentsClient segments, CancellationToken cancellationToken) =>
        ApiResults.Found(await segments.GetAsync(id, cancellationToken), SegmentView.Of, "segment", id);

    private static async Task<IResult> RenameAsync(
        long id, ApiBody<SegmentBody> body, SegmentsClient segments, CancellationToken cancellationToken) =>
        ApiResults.Answer(await segments.RenameAsync(id, body.Value.Name ?? "", cancellationToken), SegmentView.Of);

    private static async Task<IResult> DeleteAsync(long id, SegmentsClient segments, CancellationToken cancellationToken) =>
        ApiResults.Done(await segments.DeleteAsync(id, cancellationToken), "segment", id);

    private static async Task<IResult> MembersAsync(
        long id, ListQuery query, SegmentsClient segments, ContactsClient contacts, CancellationToken cancellationToken) =>
        await segments.GetAsync(id, cancellationToken) is null
            ? ApiResults.NotFound("segment", id)
            : ApiResults.Answer(await contacts.ListAsync(ContactEndpoints.Query(query.Page, id), cancellationToken), ContactView.Of);

    private static async Task<IResult> AddMembersAsync(
        long id, ApiBody<MembersBody> body, SegmentsClient segments, CancellationToken cancellationToken) =>
        body.Value.ContactIds is { } contactIds
            ? ApiResults.Done(await segments.AddMembersAsync(id, contactIds, cancellationToken))
            : ApiResults.Of(Problem.Invalid("contactIds", "contactIds is required: the numbers of the contacts to add."));

    private static async Task<IResult> RemoveMemberAsync(
        long id, long contactId, SegmentsClient segments, CancellationToken cancellationToken) =>
        ApiResults.Done(await segments.RemoveMemberAsync(id, contactId, cancellationToken), "member", contactId);

    private sealed record SegmentBody
    {
        [Required]
        [MaxLength(Limits.Name)]
        [Description("No other segment has it, whatever its case.")]
        public string? Name { get; init; }
    }

    [JsonNumberHandling(JsonNumberHandling.Strict)]
    private sealed record MembersBody
    {
        [Required]
        [Description("The contacts to add, by their numbers.")]
        public IReadOnlyList<long>? ContactIds { get; init; }
    }
}

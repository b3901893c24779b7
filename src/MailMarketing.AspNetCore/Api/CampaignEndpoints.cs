using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailMarketing.AspNetCore.Api;

internal static class CampaignEndpoints
{
    private delegate Task<Result<Campaign>> Command(long id, CancellationToken cancellationToken);

    public static void MapCampaigns(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/campaigns").WithTags("Campaigns");
        group.MapPost("/", AddAsync).Accepts<CampaignBody>("application/json").Produces<CampaignView>(StatusCodes.Status201Created);
        group.MapGet("/", ListAsync);
        group.MapGet("/{id:long}", GetAsync).Produces<CampaignView>();
        group.MapPut("/{id:long}", UpdateAsync).Accepts<CampaignBody>("application/json").Produces<CampaignView>();
        group.MapDelete("/{id:long}", DeleteAsync);
        group.MapPost("/{id:long}/start", (long id, CampaignsClient campaigns, CancellationToken token) => RunAsync(campaigns.StartAsync, id, token));
        group.MapPost("/{id:long}/pause", (long id, CampaignsClient campaigns, CancellationToken token) => RunAsync(campaigns.PauseAsync, id, token));
        group.MapPost("/{id:long}/resume", (long id, CampaignsClient campaigns, CancellationToken token) => RunAsync(campaigns.ResumeAsync, id, token));
        group.MapPost("/{id:long}/cancel", (long id, CampaignsClient campaigns, CancellationToken token) => RunAsync(campaigns.CancelAsync, id, token));
        group.MapPost("/{id:long}/retry", (long id, CampaignsClient campaigns, CancellationToken token) =>
            RunAsync((campaign, cancellation) => campaigns.RetryAsync(campaign, null, cancellation), id, token));
        group.MapGet("/{id:long}/deliveries", DeliveriesAsync);
    }

    private static async Task<IResult> RunAsync(Command command, long id, CancellationToken cancellationToken)
    {
        var done = await command(id, cancellationToken);
        return done.Succeeded ? ApiResults.Json(CampaignView.Of(done.Value, []), StatusCodes.Status202Accepted) : ApiResults.Of(done.Problem);
    }

    private static async Task<IResult> AddAsync(HttpContext context, CampaignsClient campaigns, CancellationToken cancellationToken)
    {
        var body = await ApiBody<CampaignBody>.ReadAsync(context);
        if (body.Refusal is not null)
        {
            return body.Refusal;
        }

        var added = await campaigns.AddAsync(body.Value!.ToDraft(), cancellationToken);
        return added.Succeeded
            ? ApiResults.Json(CampaignView.Of(added.Value, await campaigns.WarningsAsync(added.Value.Id, cancellationToken)), StatusCodes.Status201Created)
            : ApiResults.Of(added.Problem);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, CampaignsClient campaigns, CancellationToken cancellationToken) =>
        Paging.Read(request, out var refusal) is { } page
            ? Paging.Answer(await campaigns.ListAsync(page, cancellationToken), campaign => CampaignView.Of(campaign, []))
            : refusal!;

    private static async Task<IResult> GetAsync(long id, CampaignsClient campaigns, CancellationToken cancellationToken) =>
        await campaigns.GetAsync(id, cancellationToken) is { } campaign
            ? ApiResults.Json(CampaignView.Of(campaign, await campaigns.WarningsAsync(id, cancellationToken)))
            : ApiResults.NotFound("campaign", id);

    private static async Task<IResult> UpdateAsync(long id, HttpContext context, CampaignsClient campaigns, CancellationToken cancellationToken)
    {
        var body = await ApiBody<CampaignBody>.ReadAsync(context);
        if (body.Refusal is not null)
        {
            return body.Refusal;
        }

        var updated = await campaigns.UpdateAsync(id, body.Value!.ToDraft(), cancellationToken);
        return updated.Succeeded ? ApiResults.Json(CampaignView.Of(updated.Value, [])) : ApiResults.Of(updated.Problem);
    }

    private static async Task<IResult> DeleteAsync(long id, CampaignsClient campaigns, CancellationToken cancellationToken)
    {
        var deleted = await campaigns.DeleteAsync(id, cancellationToken);
        return deleted.Succeeded ? Results.NoContent() : ApiResults.Of(deleted.Problem);
    }

    private static async Task<IResult> DeliveriesAsync(
        long id, HttpRequest request, DeliveriesClient deliveries, CancellationToken cancellationToken)
    {
        if (Paging.Read(request, out var refusal) is not { } page)
        {
            return refusal!;
        }

        DeliveryState? state = null;
        if (request.Query["status"].ToString() is { Length: > 0 } name)
        {
            state = DeliveryStateNames.Read(name);
            if (state is null)
            {
                return ApiResults.BadRequest("status", $"status must be one of {string.Join(", ", DeliveryStateNames.All)}.");
            }
        }

        var query = new DeliveryQuery { Limit = page.Limit, Cursor = page.Cursor, Search = page.Search, State = state };
        return Paging.Answer(await deliveries.ListAsync(id, query, cancellationToken), DeliveryView.Of);
    }

    private sealed record CampaignBody(
        string? Name, long? TemplateId, IReadOnlyList<long>? SegmentIds, string? Source, IReadOnlyList<long>? ExcludeSegmentIds,
        string? Subject, string? Lane, SendPolicy? Policy)
    {
        public CampaignDraft ToDraft() => new()
        {
            Name = Name ?? "",
            TemplateId = TemplateId ?? 0,
            SegmentIds = SegmentIds ?? [],
            Source = Source,
            ExcludeSegmentIds = ExcludeSegmentIds ?? [],
            Subject = Subject,
            Lane = Lane,
            Policy = Policy ?? SendPolicy.AtMostOnce,
        };
    }
}

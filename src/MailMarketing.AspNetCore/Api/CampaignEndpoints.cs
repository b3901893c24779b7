using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailMarketing.AspNetCore.Api;

internal static class CampaignEndpoints
{
    public static void MapCampaigns(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/campaigns").WithTags("Campaigns");
        group.MapPost("/", AddAsync).AddRepeatable().WithSummary("Add a campaign as a draft").Produces<CampaignView>(StatusCodes.Status201Created);
        group.MapGet("/", ListAsync).WithSummary("List campaigns").Produces<Page<CampaignView>>();
        group.MapGet("/{id:long}", GetAsync).WithSummary("Get a campaign with its counts and warnings")
            .Produces<CampaignView>().Refuses(404);
        group.MapPut("/{id:long}", UpdateAsync).WithSummary("Replace a draft").Produces<CampaignView>().Refuses(404, 409);
        group.MapDelete("/{id:long}", DeleteAsync).WithSummary("Delete a campaign that was never started")
            .Produces(StatusCodes.Status204NoContent).Refuses(404, 409);

        group.MapCampaignCommands();
        group.MapDryRun();
        group.MapGet("/{id:long}/preflight", PreflightAsync).WithSummary("Look at everything that matters before a campaign starts")
            .WithDescription(
                "Makes every email once and asks DNS about the From domain; changes nothing. Errors do not keep the campaign from starting "
                + "over the API, unless the start itself refuses.")
            .Produces<PreflightView>().Refuses(404, 409, 503);
        group.MapGet("/{id:long}/reconciliation", ReconcileAsync)
            .WithSummary("Count a campaign's deliveries now, and tell what does not add up")
            .WithDescription("It is also done when a campaign ends.").Produces<ReconciliationView>().Refuses(404);
        group.MapGet("/{id:long}/deliveries", DeliveriesAsync).WithSummary("List what became of each recipient")
            .Produces<Page<DeliveryView>>().Refuses(404);
    }

    private static async Task<IResult> AddAsync(
        ApiBody<CampaignBody> body, CampaignsClient campaigns, CancellationToken cancellationToken) =>
        await ShowAsync(
            await campaigns.AddAsync(body.Value.ToDraft(), cancellationToken),
            campaigns,
            StatusCodes.Status201Created,
            cancellationToken);

    private static async Task<IResult> ListAsync(ListQuery query, CampaignsClient campaigns, CancellationToken cancellationToken) =>
        ApiResults.Answer(await campaigns.ListAsync(query.Page, cancellationToken), CampaignView.Of);

    private static async Task<IResult> GetAsync(long id, CampaignsClient campaigns, CancellationToken cancellationToken) =>
        await campaigns.GetAsync(id, cancellationToken) is { } campaign
            ? await ShowAsync(campaign, campaigns, StatusCodes.Status200OK, cancellationToken)
            : ApiResults.NotFound("campaign", id);

    private static async Task<IResult> UpdateAsync(
        long id, ApiBody<CampaignBody> body, CampaignsClient campaigns, CancellationToken cancellationToken) =>
        await ShowAsync(
            await campaigns.UpdateAsync(id, body.Value.ToDraft(), cancellationToken),
            campaigns,
            StatusCodes.Status200OK,
            cancellationToken);

    private static async Task<IResult> DeleteAsync(long id, CampaignsClient campaigns, CancellationToken cancellationToken) =>
        ApiResults.Done(await campaigns.DeleteAsync(id, cancellationToken));

    private static async Task<IResult> PreflightAsync(long id, CampaignsClient campaigns, CancellationToken cancellationToken) =>
        ApiResults.Answer(await campaigns.PreflightAsync(id, cancellationToken), PreflightView.Of);

    private static async Task<IResult> ReconcileAsync(long id, DeliveriesClient deliveries, CancellationToken cancellationToken) =>
        ApiResults.Answer(await deliveries.ReconcileAsync(id, cancellationToken), ReconciliationView.Of);

    private static async Task<IResult> DeliveriesAsync(
        long id,
        ListQuery query,
        [Description("Which state: pending, sending, retry, success, failure, auth_failure, suppressed, cancelled or unknown.")]
        string? status,
        DeliveriesClient deliveries,
        CancellationToken cancellationToken)
    {
        var state = string.IsNullOrEmpty(status) ? null : DeliveryStateNames.Read(status);
        if (state is null && !string.IsNullOrEmpty(status))
        {
            return ApiResults.BadRequest("status", $"status must be one of {string.Join(", ", DeliveryStateNames.All)}.");
        }

        var page = query.Page;
        var wanted = new DeliveryQuery { Limit = page.Limit, Cursor = page.Cursor, Search = page.Search, State = state };
        return ApiResults.Answer(await deliveries.ListAsync(id, wanted, cancellationToken), DeliveryView.Of);
    }

    /// <summary>A campaign with what to know before starting it, or the refusal.</summary>
    private static async Task<IResult> ShowAsync(
        Result<Campaign> result, CampaignsClient campaigns, int status, CancellationToken cancellationToken)
    {
        if (!result.Succeeded)
        {
            return ApiResults.Of(result.Problem);
        }

        var warnings = await campaigns.WarningsAsync(result.Value.Draft, cancellationToken);
        return ApiResults.Json(CampaignView.Of(result.Value, warnings), status);
    }
}

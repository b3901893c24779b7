using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailMarketing.AspNetCore.Api;

/// <summary>What a person tells a campaign to do.</summary>
internal static class CampaignCommandEndpoints
{
    private delegate Task<Result<Campaign>> Command(CampaignsClient campaigns, long id, CancellationToken cancellationToken);

    public static void MapCampaignCommands(this RouteGroupBuilder group)
    {
        Accepts(group.MapPost("/{id:long}/schedule", ScheduleAsync)).WithSummary("Have the campaign start by itself at a time")
            .WithDescription(
                "Also gives a scheduled campaign another time. One that cannot start at its time is a draft again, and startProblem says "
                + "why.");
        group.MapCommand("unschedule", (campaigns, id, token) => campaigns.UnscheduleAsync(id, token))
            .WithSummary("Make a scheduled campaign a draft again");
        Accepts(group.MapPost("/{id:long}/start", StartAsync)).WithSummary("Freeze the audience and begin to send")
            .WithDescription(
                "Refused without From, credentials or recipients, or with a template that has mistakes. With the manifest of a dry run it "
                + "is run again, and refused where it finds anything else.")
            .Refuses(503);
        group.MapPost("/{id:long}/test", TestAsync).WithSummary("Send what the campaign would send to any address, to look at")
            .Produces<RenderedEmail>().Refuses(404, 409, 503)
            .WithDescription("As the test of a template, with the campaign's own subject and lane; before it starts.");
        group.MapCommand("pause", (campaigns, id, token) => campaigns.PauseAsync(id, token)).WithSummary("Stop sending for now");
        group.MapCommand("resume", (campaigns, id, token) => campaigns.ResumeAsync(id, token)).WithSummary("Go on sending");
        group.MapCommand("cancel", (campaigns, id, token) => campaigns.CancelAsync(id, token))
            .WithSummary("End the campaign; what was not sent is cancelled");
        Accepts(group.MapPost("/{id:long}/retry", RetryAsync))
            .WithSummary("Send again to everyone whose delivery failed, or to those chosen")
            .WithDescription("A completed campaign is running again.");
        group.MapPost("/{id:long}/deliveries/{deliveryId:long}/resolve", ResolveAsync)
            .WithSummary("Say what became of a delivery that is unknown")
            .WithDescription("sent ends it as a success that a person told of; resend begins a new round.")
            .Produces<DeliveryView>(StatusCodes.Status202Accepted).Refuses(404, 409);
    }

    private static RouteHandlerBuilder MapCommand(this RouteGroupBuilder group, string name, Command command) => Accepts(group.MapPost(
        $"/{{id:long}}/{name}",
        async (long id, CampaignsClient campaigns, CancellationToken cancellationToken) =>
            Accepted(await command(campaigns, id, cancellationToken))));

    private static RouteHandlerBuilder Accepts(RouteHandlerBuilder command) =>
        command.Produces<CampaignView>(StatusCodes.Status202Accepted).Refuses(404, 409);

    private static IResult Accepted(Result<Campaign> result) => ApiResults.Answer(result, CampaignView.Of, StatusCodes.Status202Accepted);

    private static IResult Refuse(string field) => ApiResults.Of(Problem.Invalid(field, $"{field} {Instant.Form}"));

    private static async Task<IResult> ScheduleAsync(
        long id, ApiBody<ScheduleBody> body, CampaignsClient campaigns, CancellationToken cancellationToken) =>
        Instant.Read(body.Value.At) is { } at ? Accepted(await campaigns.ScheduleAsync(id, at, cancellationToken)) : Refuse("at");

    private static async Task<IResult> StartAsync(
        long id, OptionalBody<StartBody> body, CampaignsClient campaigns, CancellationToken cancellationToken)
    {
        var at = Instant.Read(body.Value?.At);
        return at is null && body.Value?.At is not null
            ? Refuse("at")
            : Accepted(await campaigns.StartAsync(id, body.Value?.Manifest, at, cancellationToken));
    }

    private static async Task<IResult> TestAsync(
        long id, ApiBody<TestBody> body, CampaignsClient campaigns, CancellationToken cancellationToken) => ApiResults.Answer(
        await campaigns.SendTestAsync(id, body.Value.To ?? "", body.Value.ContactId, cancellationToken), rendered => rendered);

    private static async Task<IResult> RetryAsync(
        long id, OptionalBody<RetryBody> body, CampaignsClient campaigns, CancellationToken cancellationToken) =>
        Accepted(await campaigns.RetryAsync(id, body.Value?.DeliveryIds, cancellationToken));

    private static async Task<IResult> ResolveAsync(
        long id, long deliveryId, ApiBody<ResolveBody> body, DeliveriesClient deliveries, CancellationToken cancellationToken)
    {
        if (body.Value.As is not { } resolution)
        {
            return ApiResults.Of(Problem.Invalid("as", "as must be sent or resend."));
        }

        var resolved = await deliveries.ResolveAsync(id, [deliveryId], resolution, cancellationToken);
        return resolved.Succeeded
            ? ApiResults.Json(DeliveryView.Of((await deliveries.GetAsync(deliveryId, cancellationToken))!), StatusCodes.Status202Accepted)
            : ApiResults.Of(resolved.Problem);
    }
}

using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailMarketing.AspNetCore.Api;

/// <summary>Streams what a start would do.</summary>
internal static class DryRunEndpoint
{
    private const string JsonLines = "application/x-ndjson";

    public static void MapDryRun(this RouteGroupBuilder group) => group.MapGet("/{id:long}/dry-run", AnswerAsync)
        .WithSummary("Do all that a start would do but send")
        .WithDescription(
            "JSON lines: one for each recipient, by contactId (null, and at the end, for people of a contact source who are no contacts "
            + "yet), with decision (send, suppressed or error), the reason where nothing is sent, and else the SHA-256 of the message: "
            + "sender, recipient, subject, both bodies and headers. Only the start gives a delivery its number, so one number and one "
            + "Message-ID stand for all. The last line is the total with the manifest, which is the SHA-256 of all lines before; a start "
            + "can be held to it. Two runs of the same differ in nothing, unless the template asks for the time: give both the same at.")
        .Produces<string>(StatusCodes.Status200OK, JsonLines).Refuses(400, 404, 409, 422, 503);

    private static async Task<IResult> AnswerAsync(
        long id,
        [Description("The templates' clock: ISO 8601 with an offset; now where it is not given.")] string? at,
        CampaignsClient campaigns,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var clock = string.IsNullOrEmpty(at) ? null : Instant.ReadQuery(at);
        if (clock is null && !string.IsNullOrEmpty(at))
        {
            return ApiResults.BadRequest("at", $"at {Instant.Form}");
        }

        var response = context.Response;
        response.ContentType = JsonLines;
        try
        {
            var run = await campaigns.DryRunAsync(id, clock, response.Body, cancellationToken);
            return run.Succeeded ? Results.Empty : ApiResults.Of(run.Problem);
        }
        catch (MailMarketingException) when (response.HasStarted)
        {
            // A file cut short must not look like a whole one
            context.Abort();
            return Results.Empty;
        }
    }
}

using Microsoft.AspNetCore.Http;

namespace MailMarketing.Dashboard.Hosting;

/// <summary>Streams a dry run as a file, for a button of a campaign's page.</summary>
internal static class DryRunFile
{
    public const string Route = "/campaigns/{id:long}/dry-run";

    public static async Task<IResult> AnswerAsync(
        long id, CampaignsClient campaigns, HttpContext context, CancellationToken cancellationToken)
    {
        var response = context.Response;
        response.ContentType = "application/x-ndjson";
        try
        {
            var run = await campaigns.DryRunAsync(id, null, response.Body, cancellationToken);
            return run.Succeeded
                ? Results.Empty
                : Results.Text(run.Problem.Detail, statusCode: run.Problem.Kind == ProblemKind.NotFound
                    ? StatusCodes.Status404NotFound
                    : StatusCodes.Status409Conflict);
        }
        catch (MailMarketingException) when (response.HasStarted)
        {
            // A file cut short must not look like a whole one
            context.Abort();
            return Results.Empty;
        }
    }
}

using Microsoft.Extensions.Logging;

namespace MailMarketing;

/// <summary>
/// Starts one campaign whose time has come. One that cannot start is a draft again and says why; one whose sending side or source cannot be
/// reached now is tried again for an hour before that, and says so meanwhile.
/// </summary>
internal sealed class ScheduledStart(ICampaignSchedule schedule, CampaignsClient campaigns, TimeProvider time, ILogger logger)
{
    /// <summary>How long a campaign is one process's to start, unless renewed.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    public async Task RunAsync(Campaign campaign, CancellationToken stopping)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var renewing = RenewAsync(campaign, over.Token);
        try
        {
            var problem = await StartAsync(campaign, stopping);
            await over.CancelAsync();
            await renewing;
            if (problem is null)
            {
                PlanningLog.Started(logger, campaign.Id);
            }
            else
            {
                await TellAsync(campaign, problem, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await renewing;
            await schedule.HoldAsync(campaign.Id, campaign.Revision, TimeSpan.Zero, null, CancellationToken.None);
        }
    }

    private async Task<Problem?> StartAsync(Campaign campaign, CancellationToken stopping)
    {
        try
        {
            return (await campaigns.StartAsync(campaign, null, null, stopping)).Problem;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            PlanningLog.StartFailed(logger, exception, campaign.Id);
            return Problem.Unavailable(
                exception is MailMarketingException ? exception.Message : "It could not be started; the log says why.");
        }
    }

    private async Task TellAsync(Campaign campaign, Problem problem, CancellationToken stopping)
    {
        if (problem.Kind == ProblemKind.Unavailable && time.GetUtcNow() - campaign.ScheduledAt < Patience)
        {
            await schedule.HoldAsync(campaign.Id, campaign.Revision, Wait, problem.Detail, stopping);
            PlanningLog.Postponed(logger, campaign.Id, Wait, problem.Detail);
        }
        else if (await schedule.GiveUpAsync(campaign.Id, campaign.Revision, problem.Detail, stopping))
        {
            PlanningLog.GivenUp(logger, campaign.Id, problem.Detail);
        }
    }

    /// <summary>Keeps others away while a long source is read.</summary>
    private async Task RenewAsync(Campaign campaign, CancellationToken over)
    {
        using var timer = new PeriodicTimer(Lease / 3, time);
        try
        {
            while (await timer.WaitForNextTickAsync(over))
            {
                await schedule.HoldAsync(campaign.Id, campaign.Revision, Lease, null, over);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or MailMarketingException)
        {
            // Over, or the storage is away: then another may try too, and only one of them starts it
        }
    }
}

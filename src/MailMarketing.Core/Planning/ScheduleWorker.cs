using MailMarketing.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailMarketing;

/// <summary>Starts campaigns at their time, whichever process gets there first. A host without campaigns has nothing to do here.</summary>
internal sealed class ScheduleWorker(IServiceProvider services, TimeProvider time, ILogger<ScheduleWorker> logger) : BackgroundService
{
    // How many start at once: one with a slow contact source holds up no other
    private const int AtOnce = 4;

    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim _room = new(AtOnce);

    /// <inheritdoc />
    public override void Dispose()
    {
        _room.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (services.GetService<ICampaignSchedule>() is not { } schedule)
        {
            return;
        }

        var start = new ScheduledStart(schedule, services.GetRequiredService<CampaignsClient>(), time, logger);
        await PumpLoop.RunAsync(
            token => StartNextAsync(schedule, start, token),
            Idle,
            null,
            Jitter.Sample,
            time,
            (exception, wait) => PlanningLog.ScheduleFailed(logger, exception, wait),
            stoppingToken);

        // What is under way gives its campaign back
        for (var left = 0; left < AtOnce; left++)
        {
            await _room.WaitAsync(CancellationToken.None);
        }
    }

    private async Task<bool> StartNextAsync(ICampaignSchedule schedule, ScheduledStart start, CancellationToken stopping)
    {
        await _room.WaitAsync(stopping);
        Campaign? due = null;
        try
        {
            due = await schedule.ClaimDueAsync(ScheduledStart.Lease, stopping);
        }
        finally
        {
            if (due is null)
            {
                _room.Release();
            }
        }

        if (due is not null)
        {
            _ = RunAsync(start, due, stopping);
        }

        return due is not null;
    }

    private async Task RunAsync(ScheduledStart start, Campaign due, CancellationToken stopping)
    {
        try
        {
            await start.RunAsync(due, stopping);
        }
        catch (Exception exception)
        {
            // Even how it went could not be written down; the lease ends and it is claimed again
            PlanningLog.StartFailed(logger, exception, due.Id);
        }
        finally
        {
            _room.Release();
        }
    }
}

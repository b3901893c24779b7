using MailMarketing.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MailMarketing;

/// <summary>
/// Drops the deliveries of old campaigns, some thousands at a time, where the host wants that. A host without campaigns has nothing to do
/// here.
/// </summary>
internal sealed class RetentionWorker(
    IServiceProvider services, IOptions<MailMarketingOptions> options, TimeProvider time, ILogger<RetentionWorker> logger)
    : BackgroundService
{
    private const int Part = 5000;

    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(10);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.KeepDeliveries is { } age && services.GetService<ICampaignRetention>() is { } retention)
        {
            await PumpLoop.RunAsync(
                token => DropAsync(retention, age, token),
                Idle,
                null,
                Jitter.Sample,
                time,
                (exception, wait) => PlanningLog.DropFailed(logger, exception, wait),
                stoppingToken);
        }
    }

    private async Task<bool> DropAsync(ICampaignRetention retention, TimeSpan age, CancellationToken cancellationToken)
    {
        if (await retention.DropOldDeliveriesAsync(age, Part, cancellationToken) is not { } dropped)
        {
            return false;
        }

        if (dropped.Count < Part)
        {
            PlanningLog.Dropped(logger, dropped.CampaignId, age);
        }

        return true;
    }
}

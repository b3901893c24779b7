using MailMarketing.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailMarketing;

/// <summary>Reconciles each campaign once it has ended. A host without campaigns has nothing to do here.</summary>
internal sealed class ReconcilingWorker(IServiceProvider services, TimeProvider time, ILogger<ReconcilingWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (services.GetService<IDeliveryStore>() is { } deliveries)
        {
            var reconciler = services.GetRequiredService<Reconciler>();
            await PumpLoop.RunAsync(
                token => CheckAsync(deliveries, reconciler, token),
                Idle,
                null,
                Jitter.Sample,
                time,
                (exception, wait) => PlanningLog.CheckFailed(logger, exception, wait),
                stoppingToken);
        }
    }

    private static async Task<bool> CheckAsync(IDeliveryStore deliveries, Reconciler reconciler, CancellationToken cancellationToken)
    {
        foreach (var campaign in await deliveries.ListUnreconciledAsync(cancellationToken))
        {
            await reconciler.CheckAsync(campaign, cancellationToken);
        }

        return false;
    }
}

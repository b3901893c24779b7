using Microsoft.Extensions.Logging;

namespace MailMarketing;

/// <summary>Checks whether a campaign adds up, and makes it known where it does not.</summary>
internal sealed class Reconciler(IDeliveryStore deliveries, ILogger<Reconciler> logger)
{
    public async Task<Result<Reconciliation>> CheckAsync(long campaignId, CancellationToken cancellationToken)
    {
        var result = await deliveries.ReconcileAsync(campaignId, cancellationToken);
        if (result is { Succeeded: true, Value.Differences: { Count: > 0 } differences })
        {
            PlanningLog.DoesNotAddUp(logger, campaignId, string.Join(' ', differences));
            MailMarketingTelemetry.Difference(differences.Count);
        }

        return result;
    }
}

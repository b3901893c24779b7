using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MailMarketing.AspNetCore.Health;

/// <summary>Reads the end of a sending side's queue: reports that the marketing side has not taken.</summary>
internal sealed class QueueHealthCheck(ISendIntake queue, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(1);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var oldest = (await queue.ReadReportsAsync(1, cancellationToken)).Events is [var first, ..] ? first : null;
            return oldest is null || time.GetUtcNow() - oldest.At < Late
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Degraded($"Reports wait for the marketing side since {oldest.At:u}; nothing is lost.");
        }
        catch (MailMarketingException exception)
        {
            return HealthCheckResult.Unhealthy("The queue cannot be read; the log says why.", exception);
        }
    }
}

using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MailMarketing.AspNetCore.Health;

/// <summary>A marketing side's peer: asks the email client for its settings.</summary>
internal sealed class SenderHealthCheck(SettingsClient settings) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var sender = await settings.GetAsync(cancellationToken);
        return sender.Succeeded ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(sender.Problem.Detail);
    }
}

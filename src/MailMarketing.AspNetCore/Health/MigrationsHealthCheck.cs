using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MailMarketing.AspNetCore.Health;

/// <summary>Looks whether the storage's schema is the one that this code knows.</summary>
internal sealed class MigrationsHealthCheck(ISchemaVersion schema) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return HealthCheckResult.Healthy($"Up to date with {await schema.ReadAsync(cancellationToken)}.");
        }
        catch (MailMarketingException exception)
        {
            return HealthCheckResult.Unhealthy("The schema is not known to be up to date; the log says why.", exception);
        }
    }
}

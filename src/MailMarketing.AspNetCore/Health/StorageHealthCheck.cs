using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MailMarketing.AspNetCore.Health;

/// <summary>Reads a little of what this host stores: a marketing side's segments, a sending side's settings.</summary>
internal sealed class StorageHealthCheck(IServiceProvider services) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            if (services.GetService<ISegmentStore>() is { } segments)
            {
                await segments.ListAsync(new PageRequest { Limit = 1 }, cancellationToken);
            }
            else if (services.GetService<ISenderSettingsStore>() is { } settings)
            {
                await settings.GetAsync(cancellationToken);
            }

            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("The storage cannot be read.", exception);
        }
    }
}

using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MailMarketing.AspNetCore.Health;

/// <summary>A sending side's peer: any answer of web's will do, since an original web has no health of its own to tell.</summary>
internal sealed class WebHealthCheck(IHttpClientFactory clients) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var client = clients.CreateClient(HttpDeliveryReporter.ClientName);
        try
        {
            using var answer = await client.GetAsync(new Uri("health/live", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Degraded("Web cannot be reached; reports wait for it, and nothing is lost.");
        }
    }
}

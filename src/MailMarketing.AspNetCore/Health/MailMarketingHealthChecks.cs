using MailMarketing.AspNetCore.Health;
using Microsoft.Extensions.DependencyInjection;

namespace MailMarketing;

/// <summary>Adds MailMarketing's health checks.</summary>
public static class MailMarketingHealthChecks
{
    /// <summary>
    /// Adds two checks. <c>storage</c> is unhealthy where the storage cannot be read. <c>sending</c> is degraded where the sending side
    /// cannot be reached, or a lane is closed or has no credentials: campaigns wait then, and nothing is lost.
    /// </summary>
    /// <param name="builder">What <c>AddHealthChecks</c> gave.</param>
    public static IHealthChecksBuilder AddMailMarketing(this IHealthChecksBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCheck<StorageHealthCheck>("storage").AddCheck<SendingHealthCheck>("sending");
    }
}

using MailMarketing.AspNetCore;
using MailMarketing.AspNetCore.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MailMarketing;

/// <summary>Adds MailMarketing's health checks.</summary>
public static class MailMarketingHealthChecks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Adds the checks that the host's parts call for, each of which takes at most 5 seconds. <c>storage</c> and <c>migrations</c> are
    /// unhealthy where the storage cannot be read, or is not of this version. <c>queue</c>, of a host that sends for another, is degraded
    /// where reports wait. <c>peer</c> is degraded where the other service cannot be reached, and <c>lanes</c> where a lane is closed or
    /// has no credentials: campaigns wait then, and nothing is lost.
    /// </summary>
    /// <param name="builder">What <c>AddHealthChecks</c> gave.</param>
    public static IHealthChecksBuilder AddMailMarketing(this IHealthChecksBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<HealthCheckServiceOptions>().Configure<IServiceProvider>((checks, services) =>
        {
            var registered = services.GetRequiredService<IServiceProviderIsService>();
            Add<StorageHealthCheck>(checks, "storage");
            if (registered.IsService(typeof(ISchemaVersion)))
            {
                Add<MigrationsHealthCheck>(checks, "migrations");
            }

            if (registered.IsService(typeof(ISendIntake)))
            {
                Add<QueueHealthCheck>(checks, "queue");
            }

            if (registered.IsService(typeof(IRemoteSender)))
            {
                Add<SenderHealthCheck>(checks, "peer");
            }

            if (services.GetServices<IDeliveryReporter>().Any(reporter => reporter is HttpDeliveryReporter))
            {
                Add<WebHealthCheck>(checks, "peer");
            }

            Add<LanesHealthCheck>(checks, "lanes");
        });
        return builder;
    }

    private static void Add<TCheck>(HealthCheckServiceOptions checks, string name)
        where TCheck : IHealthCheck =>
        checks.Registrations.Add(new HealthCheckRegistration(
            name, services => ActivatorUtilities.GetServiceOrCreateInstance<TCheck>(services), null, null, Patience));
}

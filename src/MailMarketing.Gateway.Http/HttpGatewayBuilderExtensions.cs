using System.Diagnostics;
using MailMarketing.Gateway.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace MailMarketing;

/// <summary>Adds gateways that are spoken to over HTTP.</summary>
public static class HttpGatewayBuilderExtensions
{
    /// <summary>
    /// Adds a lane whose gateway takes one JSON <c>POST</c> per message, with Basic authentication and an <c>Idempotency-Key</c>.
    /// The same lane again changes nothing. Options that are out of range stop the app at its start.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="lane">The lane's name; the first one added is the default.</param>
    /// <param name="configure">Sets at least <see cref="HttpGatewayOptions.Endpoint"/>.</param>
    public static MailMarketingBuilder AddHttpGateway(
        this MailMarketingBuilder builder, string lane, Action<HttpGatewayOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(lane);
        ArgumentNullException.ThrowIfNull(configure);

        var services = builder.Services;
        if (services.Any(service => service.ImplementationInstance is Lane known && known.Name == lane))
        {
            return builder;
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HttpGatewayOptions>, HttpGatewayOptionsValidator>());
        services.AddOptions<HttpGatewayOptions>(lane).Configure(configure).ValidateOnStart();
        services.AddHttpClient(HttpEmailGateway.ClientName(lane))
            .ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan)
            .UseSocketsHttpHandler((handler, provider) => Configure(handler, OptionsOf(provider)))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();

        return builder.AddLane(lane, provider => ActivatorUtilities.CreateInstance<HttpEmailGateway>(provider, lane), OptionsOf);

        HttpGatewayOptions OptionsOf(IServiceProvider provider) =>
            provider.GetRequiredService<IOptionsMonitor<HttpGatewayOptions>>().Get(lane);
    }

    private static void Configure(SocketsHttpHandler handler, HttpGatewayOptions options)
    {
        handler.MaxConnectionsPerServer = options.MaxConnections;
        handler.ConnectTimeout = options.Timeout;
        // The factory's own rotation is off, so that connections stay within the limit; this is what follows a change of DNS.
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
        handler.PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30);
        // A redirect would carry mail and credentials to wherever the answer says.
        handler.AllowAutoRedirect = false;
        handler.UseProxy = false;
        handler.UseCookies = false;
        handler.MaxResponseDrainSize = ResponseBody.MaxBytes;
        // Traces stay with the sender: a gateway is someone else's system.
        handler.ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator();
    }
}

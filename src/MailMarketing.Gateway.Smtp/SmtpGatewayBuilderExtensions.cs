using MailMarketing.Gateway.Smtp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace MailMarketing;

/// <summary>Adds gateways that are spoken to by SMTP.</summary>
public static class SmtpGatewayBuilderExtensions
{
    /// <summary>
    /// Adds a lane whose gateway is an SMTP server. The same lane again changes nothing. Options that are out of range stop the app at
    /// its start.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="lane">The lane's name; the first one added is the default.</param>
    /// <param name="configure">Sets at least <see cref="SmtpGatewayOptions.Host"/>.</param>
    public static MailMarketingBuilder AddSmtpGateway(
        this MailMarketingBuilder builder, string lane, Action<SmtpGatewayOptions> configure)
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
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SmtpGatewayOptions>, SmtpGatewayOptionsValidator>());
        services.AddOptions<SmtpGatewayOptions>(lane).Configure(configure).ValidateOnStart();
        return builder.AddLane(
            lane,
            provider => ActivatorUtilities.CreateInstance<SmtpEmailGateway>(provider, lane),
            provider => provider.GetRequiredService<IOptionsMonitor<SmtpGatewayOptions>>().Get(lane));
    }
}

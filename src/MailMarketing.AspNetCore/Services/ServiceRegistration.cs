using MailMarketing.AspNetCore;
using MailMarketing.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;

namespace MailMarketing;

/// <summary>Registers what the two services need to talk to each other.</summary>
public static class ServiceRegistration
{
    /// <summary>Sets how calls between the services are signed and verified; needed on both sides.</summary>
    /// <param name="builder">What <c>AddMailMarketing</c> gave.</param>
    /// <param name="configure">Sets the service key.</param>
    public static MailMarketingBuilder AddServiceCalls(this MailMarketingBuilder builder, Action<ServiceOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = builder.Services.AddOptions<ServiceOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ServiceOptions>, ServiceOptionsValidator>());
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<WorkBell>();
        builder.Services.TryAddSingleton<ServiceSignature>(
            services => new(services.GetRequiredService<IOptions<ServiceOptions>>(), services.GetRequiredService<TimeProvider>()));
        return builder;
    }

    /// <summary>Reports deliveries to web over HTTP: the email client's <see cref="IDeliveryReporter"/>.</summary>
    /// <param name="builder">What <c>AddMailMarketing</c> gave.</param>
    /// <param name="web">Where web listens; https, or http on loopback (see <see cref="ServiceOptions.AllowPlainHttp"/>).</param>
    public static MailMarketingBuilder UseHttpReports(this MailMarketingBuilder builder, Uri web)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(web);
        builder.AddServiceCalls();
        builder.AddServiceClient(HttpDeliveryReporter.ClientName, web, ServiceDirection.ToWeb);
        builder.Services.Replace(ServiceDescriptor.Singleton<IDeliveryReporter, HttpDeliveryReporter>());
        return builder;
    }

    /// <summary>
    /// Hands jobs over to an email client in another process over HTTP: web's <see cref="IRemoteSender"/>. Called again, the last address
    /// counts.
    /// </summary>
    /// <param name="builder">What <c>AddMailMarketing</c> gave.</param>
    /// <param name="emailClient">Where the email client listens; https, or http on loopback (see <see cref="ServiceOptions.AllowPlainHttp"/>).</param>
    /// <param name="dialect">What it understands; all of the protocol by default.</param>
    public static MailMarketingBuilder UseHttpEmailClient(
        this MailMarketingBuilder builder, Uri emailClient, EmailClientDialect dialect = EmailClientDialect.Current)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(emailClient);
        builder.AddServiceCalls();
        builder.AddServiceClient(HttpRemoteSender.ClientName, emailClient, ServiceDirection.ToEmailClient);
        if (dialect == EmailClientDialect.Original)
        {
            builder.Services.Configure<HttpStandardResilienceOptions>(
                $"{HttpRemoteSender.ClientName}-standard", options => options.Retry.DisableFor(HttpMethod.Post));
        }

        builder.Services.Replace(ServiceDescriptor.Singleton<IRemoteSender>(
            services => new HttpRemoteSender(services.GetRequiredService<IHttpClientFactory>(), dialect)));
        return builder;
    }

    /// <summary>A named client for calls to the other service: resilient, signed anew for each attempt, following no redirects.</summary>
    internal static void AddServiceClient(this MailMarketingBuilder builder, string name, Uri address, ServiceDirection direction)
    {
        var root = address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
        var client = builder.Services.AddHttpClient(name, http => http.BaseAddress = root);

        // Once: a second resilience handler around the first would multiply the attempts
        if (builder.Services.Any(service => service.ImplementationInstance is ServiceClient known && known.Name == name))
        {
            return;
        }

        builder.Services.AddSingleton(new ServiceClient(name));
        client.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
        client.AddStandardResilienceHandler();
        client.AddHttpMessageHandler(services => new SigningHandler(
            services.GetRequiredService<ServiceSignature>(), services.GetRequiredService<IOptions<ServiceOptions>>(), direction));
    }

    private sealed record ServiceClient(string Name);
}

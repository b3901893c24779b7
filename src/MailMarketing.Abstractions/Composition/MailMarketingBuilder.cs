using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace MailMarketing;

/// <summary>Carries the services that providers add to.</summary>
/// <param name="services">The app's services.</param>
public sealed class MailMarketingBuilder(IServiceCollection services)
{
    /// <summary>The app's services.</summary>
    public IServiceCollection Services { get; } = services;

    /// <summary>Adds a gateway of the app's own as a lane.</summary>
    /// <param name="lane">The lane's name; the first one added is the default.</param>
    /// <param name="configure">Attempts, back-off, rate and keys.</param>
    /// <typeparam name="TGateway">Made once, by the container.</typeparam>
    public MailMarketingBuilder AddGateway<TGateway>(string lane, Action<GatewayOptions>? configure = null)
        where TGateway : class, IEmailGateway
    {
        Services.AddOptions<GatewayOptions>(lane).Configure(configure ?? (_ => { }));
        return AddLane(lane, services => ActivatorUtilities.CreateInstance<TGateway>(services),
            services => services.GetRequiredService<IOptionsMonitor<GatewayOptions>>().Get(lane));
    }

    /// <summary>Adds the app's own users as an audience that a campaign can name. The same name again changes nothing.</summary>
    /// <param name="name">What campaigns call it, see <see cref="CampaignDraft.Source"/>.</param>
    /// <typeparam name="TSource">Made anew for each reading, in a scope of its own: it may use a <c>DbContext</c>.</typeparam>
    public MailMarketingBuilder AddContactSource<TSource>(string name)
        where TSource : class, IContactSource
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!Services.Any(service => service.ImplementationInstance is ContactSource known && known.Name == name))
        {
            Services.AddSingleton(new ContactSource(name));
            Services.TryAddKeyedScoped<IContactSource, TSource>(name);
        }

        return this;
    }

    /// <summary>
    /// Says what the attributes of contacts look like: templates that name another one are refused, and those that print one that may
    /// be missing are warned about. The last call counts.
    /// </summary>
    /// <typeparam name="T">A record with the attributes as properties, see <see cref="ContactModel.Of{T}"/>.</typeparam>
    public MailMarketingBuilder AddContactModel<T>()
        where T : class
    {
        Services.Replace(ServiceDescriptor.Singleton(ContactModel.Of<T>()));
        return this;
    }

    /// <summary>
    /// Adds a layout, a partial or an email of the app's own, checked when the app starts. It can name others that stand in code; a
    /// stored layout or partial of the same name goes before it. Campaigns choose an email by <see cref="CampaignDraft.TemplateName"/>.
    /// </summary>
    /// <param name="name">What others call it; of two with one name the last counts.</param>
    /// <param name="source">What it says.</param>
    public MailMarketingBuilder AddTemplate(string name, TemplateSource source)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(source);
        Services.AddSingleton(new CodeTemplate(name, source));
        return this;
    }

    /// <summary>Registers a lane, for gateway packages. The same name again changes nothing.</summary>
    /// <param name="lane">The lane's name.</param>
    /// <param name="gateway">Makes the gateway, once.</param>
    /// <param name="options">Gives the lane's options, each time they are needed.</param>
    public MailMarketingBuilder AddLane(
        string lane, Func<IServiceProvider, IEmailGateway> gateway, Func<IServiceProvider, GatewayOptions> options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(lane);
        if (!Services.Any(service => service.ImplementationInstance is Lane known && known.Name == lane))
        {
            Services.AddSingleton(new Lane(lane, options));
            Services.TryAddKeyedSingleton(lane, (provider, _) => gateway(provider));
        }

        return this;
    }
}

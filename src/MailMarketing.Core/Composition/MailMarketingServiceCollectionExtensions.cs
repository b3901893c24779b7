using MailMarketing.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace MailMarketing;

/// <summary>Adds MailMarketing to an app.</summary>
public static class MailMarketingServiceCollectionExtensions
{
    /// <summary>
    /// Adds the client, the engine and their options; storage, templates and gateways are added to what it returns. Calling it again
    /// adds nothing twice; each <paramref name="configure"/> is applied.
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <param name="configure">Sets the options.</param>
    public static MailMarketingBuilder AddMailMarketing(
        this IServiceCollection services, Action<MailMarketingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<MailMarketingOptions>().Configure(configure ?? (_ => { })).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MailMarketingOptions>, MailMarketingOptionsValidator>());

        // First of the hosted services, so that a missing seam is told before another service trips over it.
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SeamCheck>());
        services.AddDataProtection();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<CredentialProtector>();
        services.TryAddSingleton<LinkKeys>();
        services.TryAddSingleton<UnsubscribeLinks>();
        services.TryAddSingleton<RecipientLinks>();
        services.TryAddSingleton<TemplateLanguages>();
        services.TryAddSingleton<CodeTemplates>();
        services.TryAddSingleton<TemplateBuilds>();
        services.TryAddSingleton<TemplateWords>();
        services.TryAddSingleton(ContactModel.Free);
        services.TryAddSingleton(provider => new AttachmentFiles(provider.GetService<IAttachmentReader>()));
        services.TryAddSingleton<ContactSources>();
        services.TryAddSingleton<Reconciler>();
        services.TryAddSingleton<IDomainRecords, DnsRecords>();
        services.TryAddSingleton<DomainCheck>();
        services.TryAddSingleton<DryRunner>();
        services.TryAddSingleton<WorkBell>();
        services.TryAddSingleton<SingleSender>();
        services.TryAddSingleton<TestSender>();
        services.TryAddSingleton(provider => new CampaignPreflight(
            provider.GetRequiredService<ITemplateStore>(), provider.GetRequiredService<CodeTemplates>(),
            provider.GetRequiredService<TemplateLanguages>(), provider.GetRequiredService<TemplateBuilds>(),
            provider.GetRequiredService<AttachmentsClient>(), provider.GetRequiredService<AttachmentFiles>(),
            provider.GetRequiredService<SettingsClient>(), provider.GetService<IRemoteSender>(),
            provider.GetRequiredService<IOptions<MailMarketingOptions>>(), provider.GetRequiredService<TimeProvider>()));
        AddClient(services);
        EngineRegistration.Add(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ScheduleWorker>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ReconcilingWorker>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RetentionWorker>());
        return new MailMarketingBuilder(services);
    }

    // By factories, since the constructors are internal. Each part only needs its own seams: a host that only sends has Settings alone.
    private static void AddClient(IServiceCollection services)
    {
        services.TryAddSingleton(provider => new ContactsClient(
            provider.GetRequiredService<IContactStore>(), provider.GetRequiredService<ISuppressionStore>(),
            provider.GetRequiredService<ISegmentStore>(), provider.GetRequiredService<AuditClient>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new AuditClient(
            provider.GetService<IAuditStore>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILogger<AuditClient>>() ?? NullLogger<AuditClient>.Instance));
        services.TryAddSingleton(provider => new SegmentsClient(
            provider.GetRequiredService<ISegmentStore>(), provider.GetRequiredService<AuditClient>()));
        services.TryAddSingleton(provider => new TemplatesClient(
            provider.GetRequiredService<ITemplateStore>(), provider.GetRequiredService<IContactStore>(),
            provider.GetRequiredService<ISegmentStore>(),
            provider.GetRequiredService<TemplateLanguages>(), provider.GetRequiredService<TemplateBuilds>(),
            provider.GetRequiredService<TemplateWords>(), provider.GetRequiredService<CodeTemplates>(),
            provider.GetRequiredService<AttachmentsClient>(), provider.GetRequiredService<TestSender>(),
            provider.GetRequiredService<AuditClient>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new CampaignsClient(
            provider.GetRequiredService<ICampaignStore>(), provider.GetRequiredService<ICampaignSchedule>(),
            provider.GetRequiredService<CodeTemplates>(), provider.GetRequiredService<AttachmentsClient>(),
            provider.GetRequiredService<CampaignPreflight>(),
            [.. provider.GetServices<Lane>().Select(lane => lane.Name)], provider.GetRequiredService<ContactSources>(),
            provider.GetRequiredService<DryRunner>(), ActivatorUtilities.CreateInstance<PreflightRunner>(provider),
            provider.GetRequiredService<TestSender>(), provider.GetRequiredService<WorkBell>(), provider.GetRequiredService<AuditClient>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new MediaClient(
            provider.GetService<IMediaStore>(), provider.GetRequiredService<CodeTemplates>(),
            provider.GetRequiredService<IOptions<MailMarketingOptions>>(), provider.GetRequiredService<AuditClient>()));
        services.TryAddSingleton(provider => new AttachmentsClient(
            provider.GetService<IAttachmentStore>(), provider.GetRequiredService<IOptions<MailMarketingOptions>>(),
            provider.GetRequiredService<AuditClient>()));
        services.TryAddSingleton(provider => new DeliveriesClient(
            provider.GetRequiredService<IDeliveryStore>(), provider.GetRequiredService<ICampaignStore>(),
            provider.GetRequiredService<Reconciler>(), provider.GetRequiredService<AuditClient>()));
        services.TryAddSingleton(provider => new SettingsClient(
            provider.GetService<IRemoteSender>() is { } remote
                ? new RemoteSettings(remote)
                : ActivatorUtilities.CreateInstance<LocalSettings>(provider),
            provider.GetRequiredService<AuditClient>()));
        services.TryAddSingleton(provider => new MailMarketingClient(
            provider.GetRequiredService<ContactsClient>(), provider.GetRequiredService<SegmentsClient>(),
            provider.GetRequiredService<TemplatesClient>(), provider.GetRequiredService<CampaignsClient>(),
            provider.GetRequiredService<DeliveriesClient>(), provider.GetRequiredService<SettingsClient>(),
            provider.GetRequiredService<MediaClient>(), provider.GetRequiredService<AttachmentsClient>(),
            provider.GetRequiredService<AuditClient>(), provider.GetRequiredService<UnsubscribeLinks>(), provider.GetRequiredService<SingleSender>()));
    }
}

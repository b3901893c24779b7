using MailMarketing.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MailMarketing;

/// <summary>Registers the engine with what it needs of this package.</summary>
internal static class EngineRegistration
{
    public static void Add(IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(EngineOptions)))
        {
            return;
        }

        services.AddSingleton(provider =>
        {
            var sending = provider.GetRequiredService<IOptions<MailMarketingOptions>>().Value.Sending;
            return new EngineOptions { ClaimSize = sending.ClaimSize, Lease = sending.Lease };
        });
        services.TryAddSingleton<LaneGates>();
        services.TryAddSingleton<TemplateCache>();
        services.TryAddSingleton<SliceRenderer>();
        services.TryAddSingleton<ILaneStates, GateStates>();
        services.TryAddSingleton<ICredentialSource, StoredCredentials>();
        services.AddSingleton(provider => Worker(provider, elsewhere: false, queue =>
            ActivatorUtilities.CreateInstance<SendingEngine>(
                provider,
                new LinkingQueue(queue, provider.GetRequiredService<RecipientLinks>(), provider.GetRequiredService<AttachmentFiles>()))));
        services.AddSingleton(provider => Worker(
            provider, elsewhere: false, _ => ActivatorUtilities.CreateInstance<OutboxPump>(provider)));
        services.AddSingleton(provider => Worker(
            provider, elsewhere: true, _ => ActivatorUtilities.CreateInstance<HandOverPump>(
                provider,
                new AttachingSender(provider.GetRequiredService<IRemoteSender>(), provider.GetRequiredService<AttachmentFiles>()))));
    }

    // Which host this is stands only once the container is built. Without a queue it is none: the seam check says so, in words.
    private static IHostedService Worker(IServiceProvider provider, bool elsewhere, Func<ISendQueue, IHostedService> make) =>
        provider.GetService<ISendQueue>() is { } queue && provider.GetService<IRemoteSender>() is not null == elsewhere
            ? make(queue)
            : new NoWorker();
}

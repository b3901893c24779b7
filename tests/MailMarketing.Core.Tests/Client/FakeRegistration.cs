using Microsoft.Extensions.DependencyInjection;

namespace MailMarketing.Core.Tests.Client;

internal static class FakeRegistration
{
    /// <summary>Registers one object as every store, as a storage package does.</summary>
    public static IServiceCollection AddStores(this IServiceCollection services, FakeStores stores) => services
        .AddSingleton<IContactStore>(stores).AddSingleton<ISuppressionStore>(stores).AddSingleton<ISegmentStore>(stores)
        .AddSingleton<ITemplateStore>(stores).AddSingleton<ICampaignStore>(stores).AddSingleton<ICampaignSchedule>(stores)
        .AddSingleton<IDeliveryStore>(stores).AddSingleton<ISenderSettingsStore>(stores).AddSingleton<ISendQueue>(stores);
}

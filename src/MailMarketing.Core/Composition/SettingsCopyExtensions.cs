using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MailMarketing;

/// <summary>Keeps the sender settings in a second place.</summary>
public static class SettingsCopyExtensions
{
    /// <summary>
    /// Keeps a copy of the sender settings in a file of this machine, from which a store that lost everything (such as an emptied Redis)
    /// gets them back. Credentials stay encrypted in it; the keys that decrypt them must not be in the store that may be lost.
    /// </summary>
    /// <param name="builder">The builder, after its storage was chosen.</param>
    /// <param name="file">The file; its folder must exist and be nobody else's to read.</param>
    /// <exception cref="InvalidOperationException">No storage of sender settings was chosen before.</exception>
    public static MailMarketingBuilder KeepSettingsCopy(this MailMarketingBuilder builder, string file)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        var kept = builder.Services.LastOrDefault(service => service.ServiceType == typeof(ISenderSettingsStore))?.ImplementationFactory
            ?? throw new InvalidOperationException("Choose the storage before KeepSettingsCopy, as in .UseRedisIntake(…).KeepSettingsCopy(…).");
        builder.Services.Replace(ServiceDescriptor.Singleton<ISenderSettingsStore>(
            services => new SettingsCopy((ISenderSettingsStore)kept(services), file)));
        return builder;
    }
}

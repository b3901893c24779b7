using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace MailMarketing;

/// <summary>Keeps Data Protection's key ring where the host keeps everything else.</summary>
public static class KeyRingExtensions
{
    /// <summary>
    /// Keeps the key ring in the storage that was chosen, shared by all nodes of it, each entry encrypted under a key derived from
    /// <paramref name="secret"/>, with a copy in a folder of each node, from which a storage that lost everything gets it back. A ring
    /// that was encrypted under another secret stops the host at start.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="secret">The same on every node; what it protects is lost with it.</param>
    /// <param name="copies">The folder of the copies; made where it is missing.</param>
    public static MailMarketingBuilder KeepKeysInStorage(this MailMarketingBuilder builder, string secret, string copies)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(secret);
        ArgumentException.ThrowIfNullOrWhiteSpace(copies);
        builder.Services.Replace(ServiceDescriptor.Singleton(new KeyRingCipher(secret)));
        builder.Services.Replace(ServiceDescriptor.Singleton(services => new KeyRingRepository(
            services.GetRequiredService<IKeyRingStore>(), copies,
            services.GetService<ILogger<KeyRingRepository>>() ?? NullLogger<KeyRingRepository>.Instance)));
        builder.Services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(services => new ConfigureOptions<KeyManagementOptions>(options =>
        {
            options.XmlRepository = services.GetRequiredService<KeyRingRepository>();
            options.XmlEncryptor = new KeyRingEncryptor(services.GetRequiredService<KeyRingCipher>());
        }));
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, KeyRingCheck>());
        return builder;
    }
}

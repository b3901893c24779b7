using MailMarketing.Storage.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailMarketing;

/// <summary>Keeps a sending side's queue in Redis, 6.2 or later.</summary>
public static class RedisBuilderExtensions
{
    /// <summary>
    /// Keeps the queue of a sending side in another process than the marketing side, its reports and the sender settings in Redis. Any
    /// number of processes may share it. Redis must write an append-only file (<c>appendonly yes</c>) and evict nothing
    /// (<c>maxmemory-policy noeviction</c>); a warning in the log tells where it does not.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configuration">
    /// Names the server: <c>localhost:6379,password=…</c>. One without a server is an <see cref="ArgumentException"/>.
    /// </param>
    /// <param name="configure">
    /// Names another prefix than <c>mailmarketing</c>; one with a bad character is an <see cref="ArgumentException"/>.
    /// </param>
    public static MailMarketingBuilder UseRedisIntake(
        this MailMarketingBuilder builder, string configuration, Action<RedisOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(configuration);
        var options = new RedisOptions();
        configure?.Invoke(options);
        var settings = RedisDatabase.Judge(configuration, options.Prefix);
        builder.Services.Replace(ServiceDescriptor.Singleton(services => new RedisDatabase(
            settings,
            options.Prefix,
            options.AppClock ? services.GetRequiredService<TimeProvider>() : null,
            services.GetService<ILogger<RedisDatabase>>() ?? NullLogger<RedisDatabase>.Instance)));
        builder.Services.Replace(ServiceDescriptor.Singleton<ISenderSettingsStore>(
            services => new RedisSenderSettingsStore(services.GetRequiredService<RedisDatabase>())));
        builder.Services.Replace(ServiceDescriptor.Singleton<IKeyRingStore>(
            services => new RedisKeyRingStore(services.GetRequiredService<RedisDatabase>())));
        builder.Services.Replace(ServiceDescriptor.Singleton<IAttachmentReader>(
            services => new RedisAttachmentReader(services.GetRequiredService<RedisDatabase>())));
        builder.Services.Replace(ServiceDescriptor.Singleton<ISendIntake>(
            services => new RedisIntakeQueue(services.GetRequiredService<RedisDatabase>(), services.GetServices<Lane>())));
        builder.Services.Replace(ServiceDescriptor.Singleton<ISendQueue>(services => services.GetRequiredService<ISendIntake>()));
        return builder;
    }
}

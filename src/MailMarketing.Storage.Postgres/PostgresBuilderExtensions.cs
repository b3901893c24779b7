using MailMarketing.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MailMarketing;

/// <summary>Keeps everything in PostgreSQL, 15 or later.</summary>
public static class PostgresBuilderExtensions
{
    private const string Web = "Web";
    private const string Intake = "Intake";

    /// <summary>
    /// Keeps contacts, campaigns, deliveries, the queue and the sender settings in a schema of a PostgreSQL database, made and brought
    /// up to date on first use. Any number of processes may share it.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="connectionString">
    /// Names the database: <c>Host=localhost;Database=app;Username=app</c>. One without a host is an <see cref="ArgumentException"/>.
    /// </param>
    /// <param name="configure">
    /// Names another schema than <c>mailmarketing</c>; one with a bad name is an <see cref="ArgumentException"/>.
    /// </param>
    public static MailMarketingBuilder UsePostgres(
        this MailMarketingBuilder builder, string connectionString, Action<PostgresOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddDatabase(builder, Web, connectionString, new PostgresOptions(), configure);
        Use<IContactStore>(builder, Web, database => new PostgresContactStore(database));
        Use<ISuppressionStore>(builder, Web, database => new PostgresSuppressionStore(database));
        Use<ISegmentStore>(builder, Web, database => new PostgresSegmentStore(database));
        Use<ITemplateStore>(builder, Web, database => new PostgresTemplateStore(database));
        Use<ICampaignStore>(builder, Web, database => new PostgresCampaignStore(database));
        Use<ICampaignSchedule>(builder, Web, database => new PostgresCampaignStore(database));
        Use<ICampaignRetention>(builder, Web, database => new PostgresCampaignStore(database));
        Use<IDeliveryStore>(builder, Web, database => new PostgresDeliveryStore(database));
        Use<ISenderSettingsStore>(builder, Web, database => new PostgresSenderSettingsStore(database));
        Use<IKeyRingStore>(builder, Web, database => new PostgresKeyRingStore(database));
        Use<ISchemaVersion>(builder, Web, database => new PostgresSchemaVersion(database));
        Use<IIdempotencyStore>(builder, Web, database => new PostgresIdempotencyStore(database));
        Use<IAuditStore>(builder, Web, database => new PostgresAuditStore(database));
        Use<IMediaStore>(builder, Web, database => new PostgresMediaStore(database));
        Use<IAttachmentStore>(builder, Web, database => new PostgresAttachmentStore(database));
        Use<IAttachmentReader>(builder, Web, database => new PostgresAttachmentStore(database));
        builder.Services.Replace(ServiceDescriptor.Singleton<IHandOverQueue>(
            services => new PostgresHandOverQueue(DatabaseOf(services, Web), services.GetServices<Lane>())));
        builder.Services.Replace(ServiceDescriptor.Singleton<ISendQueue>(services => services.GetRequiredService<IHandOverQueue>()));
        return builder;
    }

    /// <summary>
    /// Keeps the queue of a sending side in another process than the marketing side, its reports and the sender settings in a schema of a
    /// PostgreSQL database, which may be the marketing side's too.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="connectionString">
    /// Names the database: <c>Host=localhost;Database=app;Username=app</c>. One without a host is an <see cref="ArgumentException"/>.
    /// </param>
    /// <param name="configure">
    /// Names another schema than <c>mailmarketing_queue</c>, not the marketing side's; one with a bad name is an
    /// <see cref="ArgumentException"/>.
    /// </param>
    public static MailMarketingBuilder UsePostgresIntake(
        this MailMarketingBuilder builder, string connectionString, Action<PostgresOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddDatabase(builder, Intake, connectionString, new PostgresOptions { Schema = "mailmarketing_queue" }, configure);
        Use<ISenderSettingsStore>(builder, Intake, database => new PostgresSenderSettingsStore(database));
        Use<IKeyRingStore>(builder, Intake, database => new PostgresKeyRingStore(database));
        Use<ISchemaVersion>(builder, Intake, database => new PostgresSchemaVersion(database));
        Use<IAttachmentReader>(builder, Intake, database => new PostgresAttachmentStore(database));
        builder.Services.Replace(ServiceDescriptor.Singleton<ISendIntake>(
            services => new PostgresIntakeQueue(DatabaseOf(services, Intake), services.GetServices<Lane>())));
        builder.Services.Replace(ServiceDescriptor.Singleton<ISendQueue>(services => services.GetRequiredService<ISendIntake>()));
        return builder;
    }

    private static void AddDatabase(
        MailMarketingBuilder builder, string part, string connectionString, PostgresOptions options, Action<PostgresOptions>? configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        configure?.Invoke(options);
        PostgresDatabase.Judge(connectionString, options.Schema);
        builder.Services.Replace(ServiceDescriptor.KeyedSingleton(
            part,
            (services, _) => new PostgresDatabase(
                connectionString, part, options.Schema, options.AppClock ? services.GetRequiredService<TimeProvider>() : null)));
    }

    private static void Use<TSeam>(MailMarketingBuilder builder, string part, Func<PostgresDatabase, TSeam> make)
        where TSeam : class =>
        builder.Services.Replace(ServiceDescriptor.Singleton(services => make(DatabaseOf(services, part))));

    private static PostgresDatabase DatabaseOf(IServiceProvider services, string part) =>
        services.GetRequiredKeyedService<PostgresDatabase>(part);
}

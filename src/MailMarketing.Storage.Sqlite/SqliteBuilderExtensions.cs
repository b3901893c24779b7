using MailMarketing.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MailMarketing;

/// <summary>Keeps everything in SQLite files.</summary>
public static class SqliteBuilderExtensions
{
    private const string Web = "Web";
    private const string Intake = "Intake";

    /// <summary>
    /// Keeps contacts, campaigns, deliveries, the queue and the sender settings in one SQLite file, made and brought up to date on first use.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="connectionString">Names the file: <c>Data Source=mail.db</c>. A database in memory is an <see cref="ArgumentException"/>.</param>
    public static MailMarketingBuilder UseSqlite(this MailMarketingBuilder builder, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddDatabase(builder, Web, connectionString);
        Use<IContactStore>(builder, Web, database => new SqliteContactStore(database));
        Use<ISuppressionStore>(builder, Web, database => new SqliteSuppressionStore(database));
        Use<ISegmentStore>(builder, Web, database => new SqliteSegmentStore(database));
        Use<ITemplateStore>(builder, Web, database => new SqliteTemplateStore(database));
        Use<ICampaignStore>(builder, Web, database => new SqliteCampaignStore(database));
        Use<ICampaignSchedule>(builder, Web, database => new SqliteCampaignStore(database));
        Use<ICampaignRetention>(builder, Web, database => new SqliteCampaignStore(database));
        Use<IDeliveryStore>(builder, Web, database => new SqliteDeliveryStore(database));
        Use<ISenderSettingsStore>(builder, Web, database => new SqliteSenderSettingsStore(database));
        Use<IKeyRingStore>(builder, Web, database => new SqliteKeyRingStore(database));
        Use<ISchemaVersion>(builder, Web, database => new SqliteSchemaVersion(database));
        Use<IIdempotencyStore>(builder, Web, database => new SqliteIdempotencyStore(database));
        Use<IAuditStore>(builder, Web, database => new SqliteAuditStore(database));
        Use<IMediaStore>(builder, Web, database => new SqliteMediaStore(database));
        Use<IAttachmentStore>(builder, Web, database => new SqliteAttachmentStore(database));
        Use<IAttachmentReader>(builder, Web, database => new SqliteAttachmentStore(database));
        builder.Services.Replace(ServiceDescriptor.Singleton<IHandOverQueue>(
            services => new SqliteHandOverQueue(DatabaseOf(services, Web), services.GetServices<Lane>())));
        builder.Services.Replace(ServiceDescriptor.Singleton<ISendQueue>(services => services.GetRequiredService<IHandOverQueue>()));
        return builder;
    }

    /// <summary>
    /// Keeps the queue of a sending side in another process than the marketing side, its reports and the sender settings in one SQLite file.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="connectionString">Names the file, not the marketing side's: <c>Data Source=queue.db</c>. A database in memory is an <see cref="ArgumentException"/>.</param>
    public static MailMarketingBuilder UseSqliteIntake(this MailMarketingBuilder builder, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddDatabase(builder, Intake, connectionString);
        Use<ISenderSettingsStore>(builder, Intake, database => new SqliteSenderSettingsStore(database));
        Use<IKeyRingStore>(builder, Intake, database => new SqliteKeyRingStore(database));
        Use<ISchemaVersion>(builder, Intake, database => new SqliteSchemaVersion(database));
        Use<IAttachmentReader>(builder, Intake, database => new SqliteAttachmentStore(database));
        builder.Services.Replace(ServiceDescriptor.Singleton<ISendIntake>(
            services => new SqliteIntakeQueue(DatabaseOf(services, Intake), services.GetServices<Lane>())));
        builder.Services.Replace(ServiceDescriptor.Singleton<ISendQueue>(services => services.GetRequiredService<ISendIntake>()));
        return builder;
    }

    private static void AddDatabase(MailMarketingBuilder builder, string schema, string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        SqliteDatabase.Judge(connectionString);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.Replace(ServiceDescriptor.KeyedSingleton(
            schema, (services, _) => new SqliteDatabase(connectionString, schema, services.GetRequiredService<TimeProvider>())));
    }

    private static void Use<TSeam>(MailMarketingBuilder builder, string schema, Func<SqliteDatabase, TSeam> make)
        where TSeam : class =>
        builder.Services.Replace(ServiceDescriptor.Singleton(services => make(DatabaseOf(services, schema))));

    private static SqliteDatabase DatabaseOf(IServiceProvider services, string schema) => services.GetRequiredKeyedService<SqliteDatabase>(schema);
}

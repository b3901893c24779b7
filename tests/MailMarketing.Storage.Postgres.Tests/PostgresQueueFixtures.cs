using MailMarketing.StorageCases;

namespace MailMarketing.Storage.Postgres.Tests;

internal sealed class PostgresMarketingQueueFixture() : MarketingQueueFixture(new PostgresFixture());

internal sealed class PostgresIntakeQueueFixture()
    : IntakeQueueFixture(builder => builder.UsePostgresIntake(PostgresServer.ConnectionString, TestOptions.Moved));

using MailMarketing.StorageCases;

namespace MailMarketing.Storage.Postgres.Tests;

/// <summary>A marketing side in a schema of its own.</summary>
internal sealed class PostgresFixture() : StoreFixture(builder => builder.UsePostgres(PostgresServer.ConnectionString, TestOptions.Moved));

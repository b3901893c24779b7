namespace MailMarketing.Storage.Postgres;

/// <summary>What DbUp wrote down of its scripts.</summary>
internal sealed class PostgresSchemaVersion(PostgresDatabase database) : ISchemaVersion
{
    public Task<string> ReadAsync(CancellationToken cancellationToken) => database.ReadAsync(
        async work => (await work.FirstAsync<string>($"SELECT max(scriptname) FROM {database.Schema}.{PostgresMigrator.Journal}"))!,
        cancellationToken);
}

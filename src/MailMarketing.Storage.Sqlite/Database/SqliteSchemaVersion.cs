using Dapper;

namespace MailMarketing.Storage.Sqlite;

/// <summary>What DbUp wrote down of its scripts.</summary>
internal sealed class SqliteSchemaVersion(SqliteDatabase database) : ISchemaVersion
{
    public Task<string> ReadAsync(CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.ExecuteScalar<string>("SELECT max(ScriptName) FROM SchemaVersions")!, cancellationToken);
}

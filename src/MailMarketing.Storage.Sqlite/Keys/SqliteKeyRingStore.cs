using Dapper;

namespace MailMarketing.Storage.Sqlite;

/// <summary>The key ring's entries, one row each.</summary>
internal sealed class SqliteKeyRingStore(SqliteDatabase database) : IKeyRingStore
{
    public Task<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<string, string>>(
            connection => connection.Query<(string Name, string Entry)>("SELECT name, entry FROM key_ring")
                .ToDictionary(row => row.Name, row => row.Entry),
            cancellationToken);

    public Task AddAsync(string name, string entry, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.Execute("INSERT INTO key_ring (name, entry) VALUES (@name, @entry) ON CONFLICT DO NOTHING", new { name, entry }),
        cancellationToken);
}

namespace MailMarketing.Storage.Postgres;

/// <summary>The key ring's entries, one row each.</summary>
internal sealed class PostgresKeyRingStore(PostgresDatabase database) : IKeyRingStore
{
    public Task<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<string, string>>(
            async work => (await work.ListAsync<(string Name, string Entry)>("SELECT name, entry FROM key_ring"))
                .ToDictionary(row => row.Name, row => row.Entry),
            cancellationToken);

    public Task AddAsync(string name, string entry, CancellationToken cancellationToken) => database.WriteAsync(
        work => work.RunAsync("INSERT INTO key_ring (name, entry) VALUES (@name, @entry) ON CONFLICT DO NOTHING", new { name, entry }),
        cancellationToken);
}

using StackExchange.Redis;

namespace MailMarketing.Storage.Redis;

/// <summary>The key ring's entries, one hash.</summary>
internal sealed class RedisKeyRingStore(RedisDatabase database) : IKeyRingStore
{
    private readonly RedisKey _key = database.Key("keys");

    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancellationToken)
    {
        var entries = await database.RunAsync(server => server.HashGetAllAsync(_key), cancellationToken);
        return entries.ToDictionary(entry => (string)entry.Name!, entry => (string)entry.Value!);
    }

    public Task AddAsync(string name, string entry, CancellationToken cancellationToken) =>
        database.RunAsync(server => server.HashSetAsync(_key, name, entry, When.NotExists), cancellationToken);
}

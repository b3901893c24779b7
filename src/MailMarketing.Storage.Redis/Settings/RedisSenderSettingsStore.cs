using StackExchange.Redis;

namespace MailMarketing.Storage.Redis;

/// <summary>The sending side's settings, one key.</summary>
internal sealed class RedisSenderSettingsStore(RedisDatabase database) : ISenderSettingsStore
{
    private readonly RedisKey _key = database.Key("settings");

    public async Task<SenderSettings> GetAsync(CancellationToken cancellationToken) => Read(await ReadAsync(cancellationToken));

    public async Task<SenderSettings> UpdateAsync(Func<SenderSettings, SenderSettings> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var before = await ReadAsync(cancellationToken);
            var changed = change(Read(before));
            if (await database.RunAsync(server => ReplaceAsync(server, before, Json.Write(changed)), cancellationToken))
            {
                return changed;
            }
        }
    }

    private Task<RedisValue> ReadAsync(CancellationToken cancellationToken) =>
        database.RunAsync(server => server.StringGetAsync(_key), cancellationToken);

    /// <summary>False where another writer was quicker.</summary>
    private Task<bool> ReplaceAsync(IDatabase server, RedisValue before, string after)
    {
        var transaction = server.CreateTransaction();
        transaction.AddCondition(before.IsNull ? Condition.KeyNotExists(_key) : Condition.StringEqual(_key, before));
        _ = transaction.StringSetAsync(_key, after);
        return transaction.ExecuteAsync();
    }

    private static SenderSettings Read(RedisValue data) => data.IsNull ? new SenderSettings() : Json.Read<SenderSettings>(data!);
}

using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace MailMarketing.Storage.Redis;

/// <summary>
/// The keys of one prefix on a Redis server or cluster, reached on first use. What is not reachable at the moment fails with a
/// <see cref="MailMarketingException"/>; the connection comes back by itself.
/// </summary>
/// <param name="settings">Names the server.</param>
/// <param name="prefix">What the names of all keys begin with.</param>
/// <param name="clock">In place of the server's own clock, for tests.</param>
/// <param name="logger">Told where the server may lose mail.</param>
internal sealed partial class RedisDatabase(
    ConfigurationOptions settings, string prefix, TimeProvider? clock, ILogger<RedisDatabase> logger) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly RedisKey[] _queue = [$"{{{prefix}}}:queue"];
    private ConnectionMultiplexer? _connection;
    private Task<IDatabase>? _database;

    // Empty: the scripts ask the server
    private RedisValue Now => clock is null ? RedisValue.EmptyString : clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Refuses what cannot work.</summary>
    public static ConfigurationOptions Judge(string configuration, string prefix)
    {
        if (!Prefix().IsMatch(prefix ?? ""))
        {
            throw new ArgumentException(
                $"\"{prefix}\" is not a prefix for keys: use 1 to 64 characters of A-Z, a-z, 0-9, '.', '_', ':' and '-'.", nameof(prefix));
        }

        var settings = ConfigurationOptions.Parse(configuration);
        if (settings.EndPoints.Count == 0)
        {
            throw new ArgumentException("Name a server, as in \"localhost:6379\".", nameof(configuration));
        }

        // A server that is away, even at the start, is reached as soon as it is back
        settings.AbortOnConnectFail = false;

        // The client counts INFO, which tells how durable the server is, among the commands for this; nobody else gets the connection
        settings.AllowAdmin = true;
        settings.ClientName ??= "MailMarketing";
        return settings;
    }

    /// <summary>The name of a key.</summary>
    public RedisKey Key(string name) => $"{{{prefix}}}:{name}";

    /// <summary>Runs a script, which nothing comes between.</summary>
    public Task<RedisResult> RunAsync(string script, RedisValue[] arguments, CancellationToken cancellationToken) =>
        RunAsync(database => database.ScriptEvaluateAsync(script, _queue, [Now, .. arguments]), cancellationToken);

    /// <summary>Runs commands.</summary>
    public async Task<T> RunAsync<T>(Func<IDatabase, Task<T>> commands, CancellationToken cancellationToken)
    {
        try
        {
            var database = await Database().WaitAsync(cancellationToken);
            return await commands(database).WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is RedisException or RedisCommandException or TimeoutException)
        {
            throw new MailMarketingException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Redis at {string.Join(", ", settings.EndPoints)} could not be used: {exception.Message} ")
                + "Check that the server runs, lets this user in and has memory left.",
                exception);
        }
    }

    public void Dispose() => _connection?.Dispose();

    /// <summary>All wait for the same attempt to connect; the next one is made by whoever comes after it failed.</summary>
    private Task<IDatabase> Database()
    {
        lock (_lock)
        {
            return _database = _database is { IsFaulted: false } known ? known : ConnectAsync();
        }
    }

    private async Task<IDatabase> ConnectAsync()
    {
        _connection ??= await ConnectionMultiplexer.ConnectAsync(settings);
        await ServerCheck.RunAsync(_connection, logger);
        return _connection.GetDatabase();
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._:-]{1,64}\z")]
    private static partial Regex Prefix();
}

using System.Globalization;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace MailMarketing.Storage.Redis;

/// <summary>Looks, once connected, whether a server can keep a queue.</summary>
internal static class ServerCheck
{
    private static readonly Version Oldest = new(6, 2);

    /// <summary>Refuses a server that is too old and warns of one that may lose mail. Throws where none answers.</summary>
    public static async Task RunAsync(IConnectionMultiplexer connection, ILogger logger)
    {
        // Fails as every command does while nobody is there
        await connection.GetDatabase().PingAsync();
        foreach (var server in connection.GetServers().Where(server => server is { IsConnected: true, IsReplica: false }))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{server.EndPoint}");
            var info = await InfoAsync(server);
            if (Version.TryParse(info.GetValueOrDefault("redis_version"), out var version) && version < Oldest)
            {
                throw new MailMarketingException($"Redis at {name} is {version}: the queue needs {Oldest} or later.");
            }

            Warn(logger, name, info);
        }
    }

    private static void Warn(ILogger logger, string server, Dictionary<string, string> info)
    {
        if (info.GetValueOrDefault("aof_enabled") == "0")
        {
            Log.NotDurable(logger, server);
        }

        if (info.GetValueOrDefault("maxmemory_policy") is { } policy and not "noeviction")
        {
            Log.Evicts(logger, server, policy);
        }
    }

    // INFO, since many hosted servers keep CONFIG to themselves; where that is refused too, nothing is known
    private static async Task<Dictionary<string, string>> InfoAsync(IServer server)
    {
        try
        {
            var text = (string)(await server.ExecuteAsync("INFO"))!;
            return text.Split("\r\n").Select(line => line.Split(':', 2)).Where(line => line.Length == 2)
                .DistinctBy(line => line[0]).ToDictionary(line => line[0], line => line[1]);
        }
        catch (RedisServerException)
        {
            return [];
        }
    }
}

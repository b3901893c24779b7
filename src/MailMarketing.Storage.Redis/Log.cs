using Microsoft.Extensions.Logging;

namespace MailMarketing.Storage.Redis;

/// <summary>Everything the Redis storage logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning,
        "Redis at {Server} keeps no append-only file: what was queued since its last snapshot is lost when it ends. "
        + "Set \"appendonly yes\", unless its provider keeps data by other means.")]
    public static partial void NotDurable(ILogger logger, string server);

    [LoggerMessage(2, LogLevel.Warning,
        "Redis at {Server} throws keys away when its memory is full (maxmemory-policy {Policy}): queued mail may be lost. "
        + "Set \"maxmemory-policy noeviction\".")]
    public static partial void Evicts(ILogger logger, string server, string policy);
}

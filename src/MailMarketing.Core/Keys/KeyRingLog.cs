using Microsoft.Extensions.Logging;

namespace MailMarketing;

internal static partial class KeyRingLog
{
    [LoggerMessage(1301, LogLevel.Warning, "The key ring cannot be read from the storage; this node's copy of it is used")]
    public static partial void ReadFromCopies(ILogger logger, Exception exception);

    [LoggerMessage(1302, LogLevel.Warning, "The key ring cannot be read yet; it is read again when it is needed")]
    public static partial void NotReadYet(ILogger logger, Exception exception);
}

using Microsoft.Extensions.Logging;

namespace MailMarketing;

internal static partial class AuditLog
{
    [LoggerMessage(1401, LogLevel.Error, "{Action} was done and could not be written to the audit log")]
    public static partial void NotWritten(ILogger logger, string action, Exception exception);
}

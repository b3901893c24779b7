using Microsoft.Extensions.Logging;

namespace MailMarketing.AspNetCore;

internal static partial class ServiceLog
{
    [LoggerMessage(3101, LogLevel.Warning, "A {Method} call {Direction} was refused: {Reason}")]
    public static partial void CallRefused(ILogger logger, string method, ServiceDirection direction, string reason);

    [LoggerMessage(3102, LogLevel.Warning, "Unsigned service calls are accepted (AllowAnonymousServices): anyone who reaches this address can make them.")]
    public static partial void AnonymousServices(ILogger logger);

    [LoggerMessage(3103, LogLevel.Warning, "{Count} delivery reports were rejected by web; the first: {Reason}")]
    public static partial void ReportsRejected(ILogger logger, int count, string reason);

    [LoggerMessage(3104, LogLevel.Error, "A service call could not be carried out")]
    public static partial void CallFailed(ILogger logger, Exception exception);
}

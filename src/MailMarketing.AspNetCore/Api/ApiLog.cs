using Microsoft.Extensions.Logging;

namespace MailMarketing.AspNetCore.Api;

internal static partial class ApiLog
{
    [LoggerMessage(3201, LogLevel.Error, "{Method} {Path} could not be carried out")]
    public static partial void CallFailed(ILogger logger, string method, string path, Exception exception);
}

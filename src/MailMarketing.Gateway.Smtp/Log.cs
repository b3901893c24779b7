using Microsoft.Extensions.Logging;

namespace MailMarketing.Gateway.Smtp;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "Gateway lane {Lane} gave no answer; of the message had left: {Left}")]
    public static partial void NoAnswer(ILogger logger, Exception exception, string lane, Left left);
}

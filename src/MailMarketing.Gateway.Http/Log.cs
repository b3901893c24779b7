using Microsoft.Extensions.Logging;

namespace MailMarketing.Gateway.Http;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error,
        "Gateway lane {Lane} knows idempotency key {Key} with another body. The same key must never carry other bytes: please report this.")]
    public static partial void KeyConflict(ILogger logger, string lane, string key);

    [LoggerMessage(2, LogLevel.Debug, "Gateway lane {Lane} gave no answer, bytes left: {BytesLeft}")]
    public static partial void NoAnswer(ILogger logger, Exception exception, string lane, bool bytesLeft);
}

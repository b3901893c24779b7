using Microsoft.Extensions.Logging;

namespace MailMarketing.Engine;

/// <summary>Everything the engine logs; never an address or a body.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Sending through lane {Lane}.")]
    public static partial void LaneStarted(ILogger logger, string lane);

    [LoggerMessage(2, LogLevel.Information, "Lane {Lane} stopped: what was on its way is written down, the rest was given back.")]
    public static partial void LaneStopped(ILogger logger, string lane);

    [LoggerMessage(3, LogLevel.Error, "Lane {Lane} could not work its queue; it tries again in {Delay}.")]
    public static partial void LaneFailed(ILogger logger, Exception exception, string lane, TimeSpan delay);

    [LoggerMessage(4, LogLevel.Warning, "Lane {Lane} is {State}: {Reason}")]
    public static partial void LaneClosed(ILogger logger, string lane, GateState state, string? reason);

    [LoggerMessage(5, LogLevel.Information, "Lane {Lane} is open.")]
    public static partial void LaneOpened(ILogger logger, string lane);

    [LoggerMessage(6, LogLevel.Error, "The gateway of lane {Lane} failed on {Count} messages without answers: nobody can tell whether it took them.")]
    public static partial void GatewayFailed(ILogger logger, Exception exception, string lane, int count);

    [LoggerMessage(7, LogLevel.Error, "The gateway of lane {Lane} answered {Answers} of {Count} messages: nobody can tell of the others.")]
    public static partial void AnswersMissing(ILogger logger, string lane, int answers, int count);

    [LoggerMessage(8, LogLevel.Error, "The gateway of lane {Lane} knows the key of delivery {JobId} with other bytes: {Reason} This is a fault of MailMarketing; please report it.")]
    public static partial void KeyConflict(ILogger logger, string lane, string jobId, string? reason);

    [LoggerMessage(9, LogLevel.Error, "What became of {Count} deliveries of lane {Lane} could not be written down; it is tried again in {Delay}.")]
    public static partial void CompleteFailed(ILogger logger, Exception exception, string lane, int count, TimeSpan delay);

    [LoggerMessage(10, LogLevel.Error, "What became of {Count} deliveries of lane {Lane} is given up: their lease ended long ago and the store takes them as interrupted.")]
    public static partial void CompleteGivenUp(ILogger logger, string lane, int count);

    [LoggerMessage(11, LogLevel.Warning, "{Count} outcomes of lane {Lane} came after another worker had taken the deliveries over.")]
    public static partial void ClaimLost(ILogger logger, string lane, int count);

    [LoggerMessage(12, LogLevel.Warning, "The lease of {Count} deliveries of lane {Lane} could not be renewed; it is tried again.")]
    public static partial void RenewFailed(ILogger logger, Exception exception, string lane, int count);

    [LoggerMessage(13, LogLevel.Warning, "{Count} deliveries of lane {Lane} could not be given back; they come back when their lease ends.")]
    public static partial void ReleaseFailed(ILogger logger, Exception exception, string lane, int count);

    [LoggerMessage(14, LogLevel.Error, "Delivery {JobId} could not be rendered.")]
    public static partial void RenderFailed(ILogger logger, Exception exception, string jobId);

    [LoggerMessage(15, LogLevel.Error, "Sending a slice of lane {Lane} failed.")]
    public static partial void SliceFailed(ILogger logger, Exception exception, string lane);

    [LoggerMessage(20, LogLevel.Warning, "Reports did not reach the marketing side; they are kept and sent again in {Delay}.")]
    public static partial void ReportFailed(ILogger logger, Exception exception, TimeSpan delay);

    [LoggerMessage(30, LogLevel.Warning, "The sending side did not take what was to be handed over; it is tried again in {Delay}.")]
    public static partial void HandOverFailed(ILogger logger, Exception exception, TimeSpan delay);

    [LoggerMessage(31, LogLevel.Warning, "The sending side's queue began anew: what was handed over through lane {Lane} is offered again.")]
    public static partial void OfferedAgain(ILogger logger, string lane);

    [LoggerMessage(32, LogLevel.Warning, "{Count} deliveries could not be handed over before their lease ended; they are offered again.")]
    public static partial void HandOverGivenUp(ILogger logger, int count);

    [LoggerMessage(33, LogLevel.Error, "The sending side refused delivery {JobId}: {Reason}")]
    public static partial void HandOverRefused(ILogger logger, string jobId, string reason);
}

using Microsoft.Extensions.Logging;

namespace MailMarketing;

/// <summary>What the planning side logs; its numbers go on where the engine's end.</summary>
internal static partial class PlanningLog
{
    [LoggerMessage(40, LogLevel.Information, "Campaign {CampaignId} was started at its time.")]
    public static partial void Started(ILogger logger, long campaignId);

    [LoggerMessage(41, LogLevel.Warning, "Campaign {CampaignId} could not start at its time yet; it is tried again in {Delay}: {Reason}")]
    public static partial void Postponed(ILogger logger, long campaignId, TimeSpan delay, string reason);

    [LoggerMessage(42, LogLevel.Error, "Campaign {CampaignId} could not start at its time and is a draft again: {Reason}")]
    public static partial void GivenUp(ILogger logger, long campaignId, string reason);

    [LoggerMessage(43, LogLevel.Error, "Starting campaign {CampaignId} at its time failed.")]
    public static partial void StartFailed(ILogger logger, Exception exception, long campaignId);

    [LoggerMessage(44, LogLevel.Error, "Campaigns that are due could not be looked for; it is tried again in {Delay}.")]
    public static partial void ScheduleFailed(ILogger logger, Exception exception, TimeSpan delay);

    [LoggerMessage(45, LogLevel.Error, "The deliveries of campaign {CampaignId} do not add up: {Differences}")]
    public static partial void DoesNotAddUp(ILogger logger, long campaignId, string differences);

    [LoggerMessage(46, LogLevel.Error, "Campaigns that ended could not be checked; it is tried again in {Delay}.")]
    public static partial void CheckFailed(ILogger logger, Exception exception, TimeSpan delay);

    [LoggerMessage(47, LogLevel.Information, "The deliveries of campaign {CampaignId} were dropped, {Age} after it had ended.")]
    public static partial void Dropped(ILogger logger, long campaignId, TimeSpan age);

    [LoggerMessage(48, LogLevel.Error, "Old deliveries could not be dropped; it is tried again in {Delay}.")]
    public static partial void DropFailed(ILogger logger, Exception exception, TimeSpan delay);
}

namespace ReferenceHost.Security;

/// <summary>What the host writes about signing in; never an address, a name or a secret.</summary>
internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Warning, "A link for person {Person} could not be mailed: {Reason}")]
    public static partial void NotMailed(ILogger logger, long person, string reason);

    [LoggerMessage(4002, LogLevel.Warning, "Sign-in is slowed down for {Seconds} s after too many attempts")]
    public static partial void SlowedDown(ILogger logger, int seconds);

    [LoggerMessage(4003, LogLevel.Warning, "A request to {Path} from another site was refused")]
    public static partial void Foreign(ILogger logger, string path);
}

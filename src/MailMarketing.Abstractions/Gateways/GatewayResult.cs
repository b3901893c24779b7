namespace MailMarketing;

/// <summary>A gateway's answer for one message.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">For people, at most 500 characters; null where it was accepted.</param>
public sealed record GatewayResult(GatewayOutcome Outcome, string? Reason = null)
{
    /// <summary>What the gateway calls the message; null where it did not say.</summary>
    public string? MessageId { get; init; }

    /// <summary>How long the gateway asked to wait; null where it did not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Taken, under an id where the gateway told one.</summary>
    public static GatewayResult Accepted(string? messageId) => new(GatewayOutcome.Accepted) { MessageId = messageId };
}

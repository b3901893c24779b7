namespace MailMarketing.Engine;

/// <summary>The one table of what becomes of a job: pure, so that every row of it can be tested.</summary>
internal static class OutcomePolicy
{
    /// <summary>Gateways forget a key after 24 h, so a round stops well before.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromHours(20);

    /// <summary>As many refusals of its own, while others pass, end a delivery.</summary>
    public const int Refusals = 4;

    /// <summary>As many workers that died at it in a row end a delivery.</summary>
    public const int Deaths = 3;

    private const int LongestError = 500;

    private static readonly TimeSpan ShortestAsked = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);

    /// <summary>A wait that a gateway asked for, within 1 s and 1 h.</summary>
    public static TimeSpan Clamp(TimeSpan asked) => asked < ShortestAsked ? ShortestAsked : asked > LongestAsked ? LongestAsked : asked;

    /// <summary>What ends a claimed job before anything is sent; null where it may be sent.</summary>
    public static SendResult? BeforeSending(SendJob job, GatewayOptions options, DateTimeOffset now)
    {
        if (job.Ambiguous && !MayRepeat(job, options))
        {
            return End(job, job.Status.Attempts, DeliveryState.Unknown,
                "Sending was interrupted before the gateway answered; it was not sent again, so that nobody gets it twice.");
        }

        if (job.Crashes >= Deaths)
        {
            return Give(job, job.Status.Attempts,
                $"The sender died {job.Crashes} times in a row while it had this message: something in the template or in this contact's data "
                + "stops it. Its log says what; mend that, then retry this delivery.");
        }

        return now >= Deadline(job, now) ? Give(job, job.Status.Attempts, TooLate(job)) : null;
    }

    /// <summary>A job that cannot be sent at all: it does not render, or its addresses do not pass.</summary>
    public static SendResult Unsendable(SendJob job, string error) => Give(job, job.Status.Attempts, error);

    /// <summary>What a gateway's answer makes of a job.</summary>
    /// <param name="job">As it was claimed.</param>
    /// <param name="attempts">Wire requests of the round, this one included.</param>
    /// <param name="result">The answer.</param>
    /// <param name="options">The lane's.</param>
    /// <param name="now">When the answer came.</param>
    /// <param name="sample">Uniform, from [0, 1).</param>
    /// <param name="othersPass">Whether the lane's gateway takes the credentials for other deliveries.</param>
    public static SendResult After(
        SendJob job, int attempts, GatewayResult result, GatewayOptions options, DateTimeOffset now, double sample, bool othersPass)
    {
        switch (result.Outcome)
        {
            case GatewayOutcome.Accepted:
                return End(job, attempts, DeliveryState.Success, null) with { MessageId = Cut(result.MessageId, 998) };

            case GatewayOutcome.Rejected:
                // A gateway that honours keys would have told of an earlier attempt that it took
                var refusal = options.HonoursIdempotencyKeys ? DeliveryState.Failure : Ending(job, DeliveryState.Failure);
                return End(job, attempts, refusal, result.Reason ?? "The gateway refused it.");

            case GatewayOutcome.Deferred:
                return Spend(job, attempts, result, options, now, sample, "The gateway did not take it.");

            case GatewayOutcome.Throttled or GatewayOutcome.InProgress:
                return Again(job, attempts, result, options, now, Wait(options.Backoff, 1, sample, result.RetryAfter));

            case GatewayOutcome.NotSent:
                return Again(job, attempts - 1, result, options, now, Wait(options.Backoff, 1, sample, result.RetryAfter));

            case GatewayOutcome.Unauthorized:
                var refused = job with { Refusals = job.Refusals + 1 };
                return refused.Refusals >= Refusals && othersPass
                    ? End(
                        refused, attempts, Ending(refused, DeliveryState.AuthFailure),
                        result.Reason ?? "The gateway refused the credentials for it.")
                    : Again(refused, attempts, result, options, now, Wait(options.Backoff, 1, sample, result.RetryAfter));

            case GatewayOutcome.KeyConflict:
                return End(job, attempts, DeliveryState.Unknown, result.Reason ?? "The gateway knows its key with other bytes.");

            default:
                var ambiguous = job with { Ambiguous = true };
                return MayRepeat(job, options)
                    ? Spend(ambiguous, attempts, result, options, now, sample, "The gateway did not answer.")
                    : End(ambiguous, attempts, DeliveryState.Unknown, result.Reason ?? "The gateway did not answer; it may have taken it.");
        }
    }

    /// <summary>The wait before the next attempt: never before what the gateway asked for.</summary>
    /// <param name="first">The wait before the first retry at most.</param>
    /// <param name="spent">Attempts used up, from 1.</param>
    /// <param name="sample">Uniform, from [0, 1).</param>
    /// <param name="asked">The gateway's own wish, or null.</param>
    public static TimeSpan Wait(TimeSpan first, int spent, double sample, TimeSpan? asked)
    {
        // In doubles nothing overflows; what is longer than a round's life is as good as never.
        var seconds = Math.Min(first.TotalSeconds * Math.Pow(5, Math.Max(0, spent - 1)), Horizon.TotalSeconds);
        var wait = TimeSpan.FromSeconds(seconds * (0.5 + (0.5 * sample)));
        if (asked is not { } wish)
        {
            return wait;
        }

        // Spread what was told the same time, but only to later.
        var least = Clamp(wish) * (1 + (0.2 * sample));
        return wait > least ? wait : least;
    }

    private static bool MayRepeat(SendJob job, GatewayOptions options) =>
        options.HonoursIdempotencyKeys || job.Policy == SendPolicy.AtLeastOnce;

    private static DateTimeOffset Deadline(SendJob job, DateTimeOffset now)
    {
        var horizon = (job.FirstAttemptAt ?? now) + Horizon;
        return job.NotAfter is { } notAfter && notAfter < horizon ? notAfter : horizon;
    }

    private static string TooLate(SendJob job) => job.NotAfter is not null
        ? "Its time to be sent ran out."
        : "It could not be sent within 20 hours of the first attempt.";

    private static SendResult Spend(
        SendJob job, int attempts, GatewayResult result, GatewayOptions options, DateTimeOffset now, double sample, string reason)
    {
        var spent = job with { Spent = job.Spent + 1 };
        if (spent.Spent < options.Attempts)
        {
            return Again(spent, attempts, result, options, now, Wait(options.Backoff, spent.Spent, sample, result.RetryAfter));
        }

        // Where the last thing heard is silence nobody can tell, whatever the gateway does with keys.
        return result.Outcome == GatewayOutcome.Deferred
            ? Give(spent, attempts, result.Reason ?? reason)
            : End(spent, attempts, DeliveryState.Unknown, result.Reason ?? reason);
    }

    private static SendResult Again(
        SendJob job, int attempts, GatewayResult result, GatewayOptions options, DateTimeOffset now, TimeSpan wait)
    {
        // A retry that may not happen any more would only keep people waiting for the end.
        if (now + wait >= Deadline(job, now))
        {
            var error = $"{TooLate(job)} {result.Reason}".TrimEnd();
            return result.Outcome is GatewayOutcome.Deferred or GatewayOutcome.Throttled or GatewayOutcome.InProgress
                or GatewayOutcome.NotSent or GatewayOutcome.Unauthorized
                ? Give(job, attempts, error)
                : End(job, attempts, DeliveryState.Unknown, error);
        }

        return End(job, attempts, DeliveryState.Retry, result.Reason) with { RetryAfter = wait };
    }

    /// <summary>Ends it as not sent, except where an unanswered attempt leaves that open.</summary>
    private static SendResult Give(SendJob job, int attempts, string error) => End(job, attempts, Ending(job, DeliveryState.Failure), error);

    private static DeliveryState Ending(SendJob job, DeliveryState notSent) => job.Ambiguous ? DeliveryState.Unknown : notSent;

    private static SendResult End(SendJob job, int attempts, DeliveryState ends, string? error) => new()
    {
        QueueId = job.QueueId,
        Status = new(job.Status.Round, ends, attempts),
        Spent = job.Spent,
        Refusals = job.Refusals,
        Ambiguous = job.Ambiguous,
        Error = Cut(error, LongestError),
    };

    // Never through the middle of a character of two halves, which no store could keep
    private static string? Cut(string? text, int longest) => text?.Length > longest
        ? text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)]
        : text;
}

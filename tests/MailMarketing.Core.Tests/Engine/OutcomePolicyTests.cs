using MailMarketing.Engine;

namespace MailMarketing.Core.Tests.Engine;

public class OutcomePolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<GatewayOutcome, bool, SendPolicy, bool, DeliveryState, int, int, bool> Table => new()
    {
        // outcome, keyed, policy, ambiguous before; state, attempts, spent, ambiguous after (one attempt before, none spent)
        { GatewayOutcome.Accepted, false, SendPolicy.AtMostOnce, false, DeliveryState.Success, 2, 0, false },
        { GatewayOutcome.Accepted, false, SendPolicy.AtLeastOnce, true, DeliveryState.Success, 2, 0, true },
        { GatewayOutcome.Rejected, false, SendPolicy.AtMostOnce, false, DeliveryState.Failure, 2, 0, false },
        { GatewayOutcome.Rejected, false, SendPolicy.AtLeastOnce, true, DeliveryState.Unknown, 2, 0, true },
        { GatewayOutcome.Rejected, true, SendPolicy.AtMostOnce, true, DeliveryState.Failure, 2, 0, true },
        { GatewayOutcome.Deferred, false, SendPolicy.AtMostOnce, false, DeliveryState.Retry, 2, 1, false },
        { GatewayOutcome.Throttled, false, SendPolicy.AtMostOnce, false, DeliveryState.Retry, 2, 0, false },
        { GatewayOutcome.InProgress, true, SendPolicy.AtMostOnce, true, DeliveryState.Retry, 2, 0, true },
        { GatewayOutcome.NotSent, false, SendPolicy.AtMostOnce, false, DeliveryState.Retry, 1, 0, false },
        { GatewayOutcome.Unauthorized, false, SendPolicy.AtMostOnce, false, DeliveryState.Retry, 2, 0, false },
        { GatewayOutcome.Ambiguous, true, SendPolicy.AtMostOnce, false, DeliveryState.Retry, 2, 1, true },
        { GatewayOutcome.Ambiguous, false, SendPolicy.AtLeastOnce, false, DeliveryState.Retry, 2, 1, true },
        { GatewayOutcome.Ambiguous, false, SendPolicy.AtMostOnce, false, DeliveryState.Unknown, 2, 0, true },
        { GatewayOutcome.KeyConflict, true, SendPolicy.AtMostOnce, false, DeliveryState.Unknown, 2, 0, false },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Every_answer_has_its_row(
        GatewayOutcome outcome, bool keyed, SendPolicy policy, bool ambiguous, DeliveryState state, int attempts, int spent, bool ambiguousAfter)
    {
        var job = Make.Job(1, attempts: 1) with { Policy = policy, Ambiguous = ambiguous };
        var result = After(job, new(outcome, "why"), new() { HonoursIdempotencyKeys = keyed });

        Assert.Equal(new(1, state, attempts), result.Status);
        Assert.Equal(spent, result.Spent);
        Assert.Equal(ambiguousAfter, result.Ambiguous);
        Assert.Equal(state == DeliveryState.Retry, result.RetryAfter > TimeSpan.Zero);
    }

    [Fact]
    public void Every_outcome_has_a_result()
    {
        foreach (var outcome in Enum.GetValues<GatewayOutcome>())
        {
            Assert.Equal(7, After(Make.Job(7), new(outcome), new()).QueueId);
        }
    }

    [Fact]
    public void The_last_deferral_is_a_failure()
    {
        var result = After(Make.Job(1, attempts: 3) with { Spent = 3 }, new(GatewayOutcome.Deferred, "busy"), new());
        Assert.Equal(new(1, DeliveryState.Failure, 4), result.Status);
        Assert.Equal((4, "busy"), (result.Spent, result.Error));
    }

    [Fact]
    public void The_last_deferral_after_silence_is_unknown_since_it_says_nothing_of_the_attempt_before()
    {
        var job = Make.Job(1, attempts: 3) with { Spent = 3, Ambiguous = true, Policy = SendPolicy.AtLeastOnce };
        Assert.Equal(DeliveryState.Unknown, After(job, new(GatewayOutcome.Deferred), new()).Status.State);
        Assert.Equal(DeliveryState.Unknown, After(job, new(GatewayOutcome.Deferred), new() { HonoursIdempotencyKeys = true }).Status.State);
    }

    [Fact]
    public void A_delivery_at_which_three_workers_died_ends_as_people_can_read()
    {
        var job = Make.Job(1) with { Crashes = 2 };
        Assert.Null(OutcomePolicy.BeforeSending(job, new(), Now));
        var result = OutcomePolicy.BeforeSending(job with { Crashes = 3 }, new(), Now)!;
        Assert.Equal(DeliveryState.Failure, result.Status.State);
        Assert.Contains("died 3 times", result.Error, StringComparison.Ordinal);

        // Where bytes may have left, nobody can tell
        var keyed = new GatewayOptions { HonoursIdempotencyKeys = true };
        Assert.Equal(DeliveryState.Unknown, OutcomePolicy.BeforeSending(job with { Crashes = 3, Ambiguous = true }, keyed, Now)!.Status.State);
    }

    [Fact]
    public void Silence_as_the_last_word_is_unknown_even_where_keys_are_honoured()
    {
        var job = Make.Job(1, attempts: 3) with { Spent = 3 };
        Assert.Equal(DeliveryState.Unknown, After(job, new(GatewayOutcome.Ambiguous), new() { HonoursIdempotencyKeys = true }).Status.State);
    }

    [Theory]
    [InlineData(0, 0.0, 2.5)]
    [InlineData(0, 0.999, 5.0)]
    [InlineData(1, 0.0, 12.5)]
    [InlineData(2, 0.0, 62.5)]
    public void The_wait_grows_five_times_with_every_spent_attempt(int spent, double sample, double seconds)
    {
        var result = OutcomePolicy.After(
            Make.Job(1, attempts: spent) with { Spent = spent }, spent + 1, new(GatewayOutcome.Deferred), new(), Now, sample, othersPass: true);
        Assert.Equal(seconds, result.RetryAfter.TotalSeconds, 1);
    }

    [Theory]
    [InlineData(60, 60, 72)]
    [InlineData(1_000_000, 3600, 4320)]
    [InlineData(-5, 1, 5)]
    public void A_retry_never_comes_before_the_gateway_asked(int asked, int least, int most)
    {
        foreach (var sample in new[] { 0, 0.3, 0.999 })
        {
            var wait = OutcomePolicy.Wait(TimeSpan.FromSeconds(5), 1, sample, TimeSpan.FromSeconds(asked));
            Assert.InRange(wait.TotalSeconds, least, most);
        }
    }

    [Theory]
    [InlineData(20)]
    [InlineData(310)]
    [InlineData(int.MaxValue)]
    public void No_number_of_attempts_overflows_the_wait(int spent) =>
        Assert.InRange(OutcomePolicy.Wait(TimeSpan.FromHours(1), spent, 0.5, null), TimeSpan.FromHours(1), OutcomePolicy.Horizon);

    [Fact]
    public void The_fourth_refusal_of_one_delivery_ends_it_only_while_others_pass()
    {
        var job = Make.Job(1, attempts: 3) with { Refusals = 3 };
        Assert.Equal(DeliveryState.AuthFailure, After(job, new(GatewayOutcome.Unauthorized), new()).Status.State);

        var waits = OutcomePolicy.After(job, 4, new(GatewayOutcome.Unauthorized), new(), Now, 0.5, othersPass: false);
        Assert.Equal((DeliveryState.Retry, 4, 0), (waits.Status.State, waits.Refusals, waits.Spent));
    }

    [Fact]
    public void A_round_ends_twenty_hours_after_its_first_attempt()
    {
        var job = Make.Job(1, attempts: 1) with { FirstAttemptAt = Now - TimeSpan.FromHours(20) };
        Assert.Equal(DeliveryState.Failure, OutcomePolicy.BeforeSending(job, new(), Now)!.Status.State);
        Assert.Equal(DeliveryState.Failure, After(job, new(GatewayOutcome.Throttled, "busy"), new()).Status.State);
        Assert.Equal(DeliveryState.Success, After(job, GatewayResult.Accepted("m"), new()).Status.State);
        Assert.Null(OutcomePolicy.BeforeSending(job with { FirstAttemptAt = Now - TimeSpan.FromHours(19.9) }, new(), Now));

        var doubtful = job with { Ambiguous = true, Policy = SendPolicy.AtLeastOnce };
        Assert.Equal(DeliveryState.Unknown, OutcomePolicy.BeforeSending(doubtful, new(), Now)!.Status.State);
    }

    [Fact]
    public void A_retry_that_would_come_too_late_ends_at_once()
    {
        var job = Make.Job(1) with { NotAfter = Now + TimeSpan.FromSeconds(1) };
        var result = After(job, new(GatewayOutcome.Deferred, "busy"), new());
        Assert.Equal(DeliveryState.Failure, result.Status.State);
        Assert.Contains("busy", result.Error, StringComparison.Ordinal);
        Assert.Equal(DeliveryState.Failure, OutcomePolicy.BeforeSending(job with { NotAfter = Now }, new(), Now)!.Status.State);
    }

    [Fact]
    public void What_a_crash_left_in_doubt_is_not_sent_again_without_keys_or_leave_to_repeat()
    {
        var job = Make.Job(1, attempts: 1) with { Ambiguous = true };
        Assert.Equal(new(1, DeliveryState.Unknown, 1), OutcomePolicy.BeforeSending(job, new(), Now)!.Status);
        Assert.Null(OutcomePolicy.BeforeSending(job, new() { HonoursIdempotencyKeys = true }, Now));
        Assert.Null(OutcomePolicy.BeforeSending(job with { Policy = SendPolicy.AtLeastOnce }, new(), Now));
    }

    [Fact]
    public void Long_words_of_a_gateway_are_cut()
    {
        Assert.Equal(500, After(Make.Job(1), new(GatewayOutcome.Rejected, new string('x', 5000)), new()).Error!.Length);
        Assert.Equal(499, After(Make.Job(1), new(GatewayOutcome.Rejected, new string('x', 499) + "📮"), new()).Error!.Length);
        Assert.Equal(998, After(Make.Job(1), GatewayResult.Accepted(new string('x', 5000)), new()).MessageId!.Length);
    }

    private static SendResult After(SendJob job, GatewayResult result, GatewayOptions options) =>
        OutcomePolicy.After(job, job.Status.Attempts + 1, result, options, Now, 0.5, othersPass: true);
}

using MailMarketing.Engine;

namespace MailMarketing.Core.Tests.Engine;

public class SendingEngineTests
{
    [Fact]
    public async Task Every_delivery_is_sent_once_and_written_down()
    {
        await using var engine = new EngineHarness();
        engine.Queue.Add(Enumerable.Range(1, 1200).Select(id => Make.Job(id)));
        await engine.StartAsync();
        await engine.UntilAsync(() => engine.Queue.Count(DeliveryState.Success) == 1200);

        Assert.Equal(1200, engine.Gateway.Messages.Select(m => m.IdempotencyKey).Distinct().Count());
        Assert.Equal(1200, engine.Gateway.Messages.Count);
        Assert.Equal(500, engine.Queue.Claims.Max());
        Assert.InRange(engine.Queue.Slices.Max(), 20, 128);
        Assert.Equal("m-key-7", engine.Queue.Result(7)!.MessageId);
        Assert.Equal(new(1, DeliveryState.Success, 1), engine.Queue.Job(7).Status);
        Assert.Equal("Hello R7", engine.Gateway.Messages.Single(m => m.IdempotencyKey == "key-7").Content.Subject);
        Assert.Equal(1, engine.Renderer.Compilations);
        Assert.Equal("user", engine.Gateway.Credentials!.User);
    }

    [Fact]
    public async Task A_ring_ends_the_wait_for_the_next_look()
    {
        await using var engine = new EngineHarness();
        var looks = 0;
        engine.Queue.Before = call => looks += call == nameof(ISendQueue.ClaimAsync) ? 1 : 0;
        await engine.StartAsync();
        await engine.UntilAsync(() => looks == 1, stepMs: 0);
        engine.Queue.Add(Make.Job(1));

        engine.Bell.Ring();

        await engine.UntilAsync(() => engine.Queue.Count(DeliveryState.Success) == 1, stepMs: 0);
    }

    [Fact]
    public async Task Where_keys_are_honoured_a_claim_marks_what_leaves_at_once()
    {
        await using var engine = new EngineHarness(o => o.HonoursIdempotencyKeys = true);
        var marks = 0;
        engine.Queue.Before = call => marks += call == nameof(ISendQueue.MarkAsync) ? 1 : 0;
        engine.Queue.Add(Enumerable.Range(1, 3000).Select(id => Make.Job(id, name: id == 7 ? "bad" : "Ada")));
        await engine.StartAsync();
        await engine.UntilAsync(() => engine.Queue.Count(DeliveryState.Success) == 2999 && engine.Queue.Count(DeliveryState.Failure) == 1);

        Assert.Equal(0, marks);
        Assert.Equal(2999, engine.Gateway.Messages.Select(m => m.IdempotencyKey).Distinct().Count());
        Assert.Equal(2999, engine.Gateway.Messages.Count);
        Assert.Equal(20, engine.Queue.Claims[0]);
        Assert.InRange(engine.Queue.Claims.Max(), 129, 500);
        Assert.Equal(new(1, DeliveryState.Success, 1), engine.Queue.Job(8).Status);
        Assert.Equal(0, engine.Queue.Job(7).Status.Attempts);
    }

    [Fact]
    public async Task What_was_marked_a_while_ago_and_did_not_leave_is_given_back()
    {
        await using var engine = new EngineHarness(o => o.HonoursIdempotencyKeys = true);
        var answers = new TaskCompletionSource();
        engine.Queue.Add(Enumerable.Range(1, 300).Select(id => Make.Job(id)));
        engine.Gateway.AnswerAll = async (messages, _) =>
        {
            await (messages[0].IdempotencyKey == "key-1" ? Task.CompletedTask : answers.Task);
            return [.. messages.Select(engine.Gateway.Answer)];
        };
        await engine.StartAsync();

        // The first 20, then blocks of 40 in parts of 32 and 8, until a part waits for room
        await engine.UntilAsync(() => engine.Gateway.Messages.Count == 92, stepMs: 1);
        engine.Queue.Paused.Add(engine.Queue.Job(1).CampaignId!);
        engine.Time.Advance(TimeSpan.FromMilliseconds(400));
        answers.SetResult();
        await engine.UntilAsync(() => engine.Queue.Count(DeliveryState.Success) == 92 && !engine.Queue.IsClaimed(100), stepMs: 1);

        Assert.Equal(92, engine.Gateway.Messages.Count);
        Assert.Equal(0, engine.Queue.Job(100).Status.Attempts);
        engine.Queue.Paused.Clear();
        await engine.UntilAsync(() => engine.Queue.Count(DeliveryState.Success) == 300);
        Assert.Equal(300, engine.Gateway.Messages.Select(message => message.IdempotencyKey).Distinct().Count());
        Assert.Equal(300, engine.Gateway.Messages.Count);
    }

    [Fact]
    public async Task A_message_that_does_not_render_fails_alone()
    {
        await using var engine = new EngineHarness();
        engine.Queue.Add(
            Make.Job(1), Make.Job(2, name: "bad"), Make.Job(3, name: "worse"), Make.Job(4, name: "a\nb"), Make.Job(5),
            Make.Job(6, content: Make.Content with { Source = new() { Subject = "", Language = "test" } }),
            Make.Job(7, content: Make.Content with { Source = new() { Subject = "x", Language = "other" } }));
        await engine.StartAsync();
        await engine.UntilAsync(() => engine.Queue.Count(DeliveryState.Success) == 2 && engine.Queue.Count(DeliveryState.Failure) == 5);

        Assert.Equal("The name is bad.", engine.Queue.Result(2)!.Error);
        Assert.Equal("It has no subject.", engine.Queue.Result(6)!.Error);
        Assert.Contains("'other'", engine.Queue.Result(7)!.Error, StringComparison.Ordinal);
        Assert.Equal(0, engine.Queue.Job(2).Status.Attempts);
        Assert.Equal(2, engine.Gateway.Messages.Count);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Where_memory_is_too_little_nobody_fails_and_slices_become_small(bool keyed)
    {
        await using var engine = new EngineHarness(o => o.HonoursIdempotencyKeys = keyed);
        engine.Queue.Add(Enumerable.Range(1, 40).Select(id => Make.Job(id, name: id == 2 ? "large" : "Ada")));
        await engine.StartAsync();
        await engine.UntilAsync(() => engine.Queue.Count(DeliveryState.Success) == 40);

        Assert.Equal(40, engine.Gateway.Messages.Count);
        Assert.All(Enumerable.Range(1, 40), id => Assert.Equal(1, engine.Queue.Job(id).Status.Attempts));
        Assert.Contains(2, keyed ? engine.Queue.Claims : engine.Queue.Slices);
    }

    [Fact]
    public async Task What_fails_is_tried_four_times_and_then_fails()
    {
        await using var engine = new EngineHarness();
        engine.Gateway.Answer = _ => new(GatewayOutcome.Deferred, "500");
        engine.Queue.Add(Make.Job(1));
        await engine.StartAsync();
        await engine.UntilAsync(() => engine.Queue.Count(DeliveryState.Failure) == 1, 1000);

        Assert.Equal(new(1, DeliveryState.Failure, 4), engine.Queue.Job(1).Status);
        Assert.Equal(4, engine.Gateway.Messages.Count);
        Assert.Single(engine.Gateway.Messages.Select(m => (m.IdempotencyKey, m.Content)).Distinct());
    }

    [Fact]
    public async Task Refused_credentials_close_the_lane_spend_nothing_and_new_ones_finish_the_campaign()
    {
        await using var engine = new EngineHarness();
        engine.Gateway.Answer = m => engine.Gateway.Credentials!.User == "user" ? new(GatewayOutcome.Unauthorized, "401") : GatewayResult.Accepted("m");
        engine.Queue.Add(Enumerable.Range(1, 300).Select(id => Make.Job(id)));
        await engine.StartAsync();
        await engine.UntilAsync(() => engine.Gate.Status.State == GateState.Closed);
        await engine.UntilAsync(() => engine.Queue.Count(DeliveryState.Sending) == 0);
        Assert.True(engine.Gateway.Messages.Count <= 128, $"{engine.Gateway.Messages.Count} messages met refused credentials");

        engine.Credentials = new("new", "secret");
        await engine.UntilAsync(() => engine.Queue.Count(DeliveryState.Success) == 300);
        Assert.All(Enumerable.Range(1, 300), id => Assert.Equal(0, engine.Queue.Job(id).Spent));
    }

    [Fact]
    public async Task A_delivery_refused_four_times_while_others_pass_ends_alone()
    {
        await using var engine = new EngineHarness();
        engine.Gateway.Answer = m => m.IdempotencyKey == "key-1" ? new(GatewayOutcome.Unauthorized, "403") : GatewayResult.Accepted("m");
        engine.Queue.Add(Make.Job(1));
        await engine.StartAsync();
        var id = 1;
        await engine.UntilAsync(() =>
        {
            engine.Queue.Add(Make.Job(++id));
            return engine.Queue.Count(DeliveryState.AuthFailure) == 1;
        }, 500);
        Assert.Equal(4, engine.Gateway.Messages.Count(m => m.IdempotencyKey == "key-1"));
    }

    [Fact]
    public async Task Nothing_is_claimed_without_credentials_where_the_gateway_needs_them()
    {
        await using var engine = new EngineHarness { Credentials = null };
        engine.Gateway.RequiresCredentials = true;
        engine.Queue.Add(Make.Job(1));
        await engine.StartAsync();
        await engine.UntilAsync(() => engine.Gate.Status.State == GateState.Closed);
        Assert.Empty(engine.Queue.Claims);

        engine.Credentials = new("user", "secret");
        await engine.UntilAsync(() => engine.Queue.Count(DeliveryState.Success) == 1);
    }

    [Fact]
    public async Task A_throttled_lane_sends_nothing_before_the_time_and_gives_the_rest_back()
    {
        await using var engine = new EngineHarness();
        var until = DateTimeOffset.MaxValue;
        engine.Gateway.AnswerAll = (messages, _) =>
        {
            if (until == DateTimeOffset.MaxValue)
            {
                until = engine.Time.GetUtcNow() + TimeSpan.FromSeconds(30);
                return Answers(messages, new(GatewayOutcome.Throttled, "429") { RetryAfter = TimeSpan.FromSeconds(30) });
            }

            Assert.True(engine.Time.GetUtcNow() >= until);
            return Answers(messages, GatewayResult.Accepted("m"));
        };
        engine.Queue.Add(Enumerable.Range(1, 100).Select(id => Make.Job(id)));
        await engine.StartAsync();
        await engine.UntilAsync(() => engine.Gate.Status.State == GateState.Throttled && !engine.Queue.IsClaimed(100));
        await engine.UntilAsync(() => engine.Queue.Count(DeliveryState.Success) == 100, 500);
        Assert.All(Enumerable.Range(1, 100), id => Assert.Equal(0, engine.Queue.Job(id).Spent));
    }

    [Fact]
    public async Task A_gateway_that_throws_leaves_everything_in_doubt_and_nothing_is_repeated()
    {
        await using var engine = new EngineHarness();
        engine.Gateway.AnswerAll = (_, _) => throw new HttpRequestException("reset");
        engine.Queue.Add(Make.Job(1), Make.Job(2));
        await engine.StartAsync();
        await engine.UntilAsync(() => engine.Queue.Count(DeliveryState.Unknown) == 2);
        Assert.Equal(2, engine.Gateway.Messages.Count);
    }

    [Fact]
    public async Task A_gateway_that_answers_too_few_leaves_everything_in_doubt()
    {
        await using var engine = new EngineHarness();
        engine.Gateway.AnswerAll = (_, _) => Task.FromResult<IReadOnlyList<GatewayResult>>([GatewayResult.Accepted("m")]);
        engine.Queue.Add(Make.Job(1), Make.Job(2));
        await engine.StartAsync();
        await engine.UntilAsync(() => engine.Queue.Count(DeliveryState.Unknown) == 2);
    }

    [Fact]
    public async Task What_a_crash_left_marked_is_not_sent_again_without_keys()
    {
        await using var engine = new EngineHarness();
        engine.Queue.Add(Make.Job(1, attempts: 1) with { Ambiguous = true }, Make.Job(2));
        await engine.StartAsync();
        await engine.UntilAsync(() => engine.Queue.Count(DeliveryState.Unknown) == 1 && engine.Queue.Count(DeliveryState.Success) == 1);
        Assert.Equal(["key-2"], engine.Gateway.Messages.Select(m => m.IdempotencyKey));
    }

    [Fact]
    public async Task A_rate_is_kept_from_end_to_end()
    {
        await using var engine = new EngineHarness(o => o.PerSecond = 100);
        engine.Queue.Add(Enumerable.Range(1, 300).Select(id => Make.Job(id)));
        var started = engine.Time.GetUtcNow();
        await engine.StartAsync();
        await engine.UntilAsync(() => engine.Queue.Count(DeliveryState.Success) == 300, 10);
        Assert.True(engine.Time.GetUtcNow() - started >= TimeSpan.FromSeconds(2.9));
        Assert.InRange(engine.Queue.Claims.Max(), 2, 5);
    }

    [Fact]
    public async Task A_pause_stops_what_is_claimed_but_not_marked()
    {
        await using var engine = new EngineHarness();
        engine.Gateway.AnswerAll = (messages, _) =>
        {
            engine.Queue.Paused.Add("1");
            return Answers(messages, GatewayResult.Accepted("m"));
        };
        engine.Queue.Add(Enumerable.Range(1, 400).Select(id => Make.Job(id)));
        await engine.StartAsync();
        await engine.UntilAsync(() => engine.Queue.Count(DeliveryState.Success) > 0 && !Enumerable.Range(1, 400).Any(id => engine.Queue.IsClaimed(id)));
        Assert.InRange(engine.Gateway.Messages.Count, 1, 168);
        Assert.Equal(engine.Gateway.Messages.Count, engine.Queue.Count(DeliveryState.Success));

        engine.Gateway.AnswerAll = null;
        engine.Queue.Paused.Clear();
        await engine.UntilAsync(() => engine.Queue.Count(DeliveryState.Success) == 400);
        Assert.Equal(400, engine.Gateway.Messages.Count);
    }

    [Fact]
    public async Task Somebody_who_withdrew_gets_nothing()
    {
        await using var engine = new EngineHarness();
        engine.Queue.Withdrawn.Add(2);
        engine.Queue.Add(Make.Job(1), Make.Job(2), Make.Job(3));
        await engine.StartAsync();
        await engine.UntilAsync(() => engine.Queue.Count(DeliveryState.Success) == 2);
        Assert.DoesNotContain(engine.Gateway.Messages, m => m.IdempotencyKey == "key-2");
    }

    [Fact]
    public async Task Leases_are_renewed_while_a_gateway_is_slow()
    {
        await using var engine = new EngineHarness();
        var answer = new TaskCompletionSource<IReadOnlyList<GatewayResult>>();
        engine.Gateway.AnswerAll = (_, _) => answer.Task;
        engine.Queue.Add(Make.Job(1));
        await engine.StartAsync();
        await engine.UntilAsync(() => engine.Queue.Renewals >= 9, 1000);
        Assert.True(engine.Queue.IsClaimed(1));
        answer.SetResult([GatewayResult.Accepted("m")]);
        await engine.UntilAsync(() => engine.Queue.Count(DeliveryState.Success) == 1);
        Assert.Single(engine.Gateway.Messages);
    }

    [Theory]
    [InlineData(nameof(ISendQueue.ClaimAsync))]
    [InlineData(nameof(ISendQueue.MarkAsync))]
    [InlineData(nameof(ISendQueue.CompleteAsync))]
    [InlineData(nameof(ISendQueue.RenewAsync))]
    public async Task A_store_that_goes_away_for_a_while_costs_nothing(string call)
    {
        await using var engine = new EngineHarness();
        var failures = 0;
        engine.Queue.Before = name =>
        {
            if (name == call && Interlocked.Increment(ref failures) <= 5)
            {
                throw new MailMarketingException("The store is away.");
            }
        };
        engine.Queue.Add(Enumerable.Range(1, 50).Select(id => Make.Job(id)));
        await engine.StartAsync();
        await engine.UntilAsync(() => engine.Queue.Count(DeliveryState.Success) == 50, 200);
        Assert.Equal(50, engine.Gateway.Messages.Count);
        Assert.All(Enumerable.Range(1, 50), id => Assert.Equal(1, engine.Queue.Job(id).Status.Attempts));
    }

    [Fact]
    public async Task Stopping_waits_for_answers_writes_them_down_and_gives_the_rest_back()
    {
        await using var engine = new EngineHarness();
        var answer = new TaskCompletionSource();
        engine.Gateway.AnswerAll = async (messages, hard) =>
        {
            await answer.Task.WaitAsync(hard);
            return [.. messages.Select(m => GatewayResult.Accepted("m"))];
        };
        engine.Queue.Add(Enumerable.Range(1, 100).Select(id => Make.Job(id)));
        await engine.StartAsync();
        await engine.UntilAsync(() => engine.Gateway.Messages.Count == 40);

        var stopping = engine.StopAsync(TestContext.Current.CancellationToken);
        await engine.UntilAsync(() => !engine.Queue.IsClaimed(100));
        Assert.False(stopping.IsCompleted);
        Assert.Equal(new(1, DeliveryState.Pending, 0), engine.Queue.Job(100).Status);

        answer.SetResult();
        await engine.UntilAsync(() => stopping.IsCompleted);
        Assert.Equal(40, engine.Queue.Count(DeliveryState.Success));
        Assert.Equal(60, engine.Queue.Count(DeliveryState.Pending));
    }

    [Fact]
    public async Task The_hosts_deadline_abandons_a_gateway_that_never_answers()
    {
        await using var engine = new EngineHarness();
        engine.Gateway.AnswerAll = async (_, hard) =>
        {
            await Task.Delay(Timeout.Infinite, hard);
            return [];
        };
        engine.Queue.Add(Make.Job(1));
        await engine.StartAsync();
        await engine.UntilAsync(() => engine.Gateway.Messages.Count == 1);

        using var deadline = new CancellationTokenSource();
        var stopping = engine.StopAsync(deadline.Token);
        await deadline.CancelAsync();
        await engine.UntilAsync(() => stopping.IsCompleted);
        Assert.Null(engine.Queue.Result(1));
    }

    [Fact]
    public async Task A_late_success_of_a_lost_claim_is_still_recorded()
    {
        await using var engine = new EngineHarness(o => o.HonoursIdempotencyKeys = true);
        var answer = new TaskCompletionSource<IReadOnlyList<GatewayResult>>();
        engine.Gateway.AnswerAll = (_, _) => answer.Task;
        engine.Queue.Add(Make.Job(1));
        await engine.StartAsync();
        await engine.UntilAsync(() => engine.Gateway.Messages.Count == 1);
        engine.Queue.EndLeases();
        await engine.UntilAsync(() => engine.Gateway.Messages.Count == 2);
        answer.SetResult([GatewayResult.Accepted("m")]);
        await engine.UntilAsync(() => engine.Queue.Count(DeliveryState.Success) == 1);
    }

    [Fact]
    public async Task An_outage_spends_few_attempts_and_all_are_sent_after_it()
    {
        await using var engine = new EngineHarness();
        var down = true;
        engine.Gateway.Answer = _ => Volatile.Read(ref down) ? new(GatewayOutcome.NotSent, "refused") : GatewayResult.Accepted("m");
        engine.Queue.Add(Enumerable.Range(1, 500).Select(id => Make.Job(id)));
        await engine.StartAsync();
        await engine.UntilAsync(() => engine.Gate.Status.State == GateState.Broken);
        var started = engine.Time.GetUtcNow();
        await engine.UntilAsync(() => engine.Time.GetUtcNow() - started > TimeSpan.FromSeconds(60), 250);
        Assert.InRange(engine.Gateway.Messages.Count, 20, 300);
        Volatile.Write(ref down, false);
        await engine.UntilAsync(() => engine.Queue.Count(DeliveryState.Success) == 500, 250);
        Assert.All(Enumerable.Range(1, 500), id => Assert.Equal(0, engine.Queue.Job(id).Spent));
    }

    private static Task<IReadOnlyList<GatewayResult>> Answers(IReadOnlyList<EmailMessage> messages, GatewayResult result) =>
        Task.FromResult<IReadOnlyList<GatewayResult>>([.. messages.Select(_ => result)]);
}

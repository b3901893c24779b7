using MailMarketing.Engine;
using Microsoft.Extensions.Time.Testing;

namespace MailMarketing.Core.Tests.Engine;

public class LaneGateTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly LaneGate _gate;

    public LaneGateTests() => _gate = new("bulk", _time);

    [Fact]
    public void A_lane_without_a_limit_gives_all() => Assert.Equal(500, Count());

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(50)]
    [InlineData(1000)]
    public void A_rate_holds_over_every_second_and_is_used_up(double rate)
    {
        var taken = new List<(double At, int Count)>();
        for (var ms = 0; ms < 20_000; ms += 5)
        {
            var count = Count(rate);
            Assert.True(count <= Math.Max(1, rate * 0.05));
            _gate.Take(count);
            taken.Add((ms / 1000.0, count));
            _time.Advance(TimeSpan.FromMilliseconds(5));
        }

        var burst = Math.Max(1, Math.Floor(rate * 0.05));
        for (var start = 0; start < taken.Count; start += 13)
        {
            var inWindow = taken.Skip(start).TakeWhile(t => t.At < taken[start].At + 1).Sum(t => t.Count);
            Assert.True(inWindow <= rate + burst + 0.01, $"{inWindow} within a second at {rate} per second");
        }

        // Where a burst is one message, up to a step of 5 ms is lost with each.
        Assert.True(taken.Sum(t => t.Count) >= (rate * 20 * 0.97) - burst - 1, $"only {taken.Sum(t => t.Count)} in 20 s at {rate} per second");
    }

    [Fact]
    public void A_new_limit_starts_empty()
    {
        Assert.Equal(0, Count(100));
        _time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Equal(0, Count(100));
        _time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Equal(2, Count(100));
    }

    [Fact]
    public void Five_refusals_in_a_row_close_the_lane_and_a_probe_opens_it()
    {
        Refuse(4);
        Assert.True(_gate.IsOpen);
        _gate.Record(GatewayResult.Accepted("m"));
        Refuse(4);
        Assert.True(_gate.IsOpen);
        Refuse(1);
        Assert.Equal((GateState.Closed, 0), (_gate.Status.State, Count()));
        Assert.Contains("credentials", _gate.Status.Reason, StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal((1, true), (Count(), _gate.Ask(500, null).IsProbe));
        _gate.Take(1);
        Assert.Equal(0, Count());
        _gate.Record(GatewayResult.Accepted("m"));
        Assert.Equal((GateState.Open, 500), (_gate.Status.State, Count()));
    }

    [Fact]
    public void Probes_of_a_closed_lane_grow_rarer_from_five_seconds_to_five_minutes()
    {
        Refuse(5);
        var waits = new List<double>();
        for (var i = 0; i < 9; i++)
        {
            var wait = _gate.Status.NextTry!.Value - _time.GetUtcNow();
            waits.Add(wait.TotalSeconds);
            _time.Advance(wait);
            Assert.Equal(1, Count());
            _gate.Take(1);
            Refuse(1);
        }

        Assert.Equal([5, 10, 20, 40, 80, 160, 300, 300, 300], waits);
    }

    [Fact]
    public void A_probe_that_found_nothing_to_send_is_not_used_up()
    {
        Refuse(5);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(1, Count());
        Assert.Equal(1, Count());
    }

    [Fact]
    public void Late_refusals_of_what_was_in_flight_do_not_make_probes_rarer()
    {
        Refuse(40);
        Assert.Equal(TimeSpan.FromSeconds(5), _gate.Status.NextTry!.Value - _time.GetUtcNow());
    }

    [Fact]
    public void New_credentials_open_the_lane_at_once()
    {
        Refuse(9);
        _gate.Reopen();
        Assert.True(_gate.IsOpen);
        Assert.Equal(500, Count());
        Assert.False(_gate.OthersPass);
    }

    [Fact]
    public void Missing_credentials_close_the_lane_with_the_remedy()
    {
        _gate.SetMissingCredentials(true);
        Assert.Equal(0, Count());
        Assert.Contains("set them", _gate.Status.Reason, StringComparison.Ordinal);
        _gate.SetMissingCredentials(false);
        Assert.True(_gate.IsOpen);
    }

    [Fact]
    public void First_credentials_show_at_once_and_open_the_lane_when_they_are_taken_up()
    {
        _gate.SetMissingCredentials(true);
        _gate.Reopen();
        Assert.Equal(GateState.Open, _gate.Status.State);
        Assert.False(_gate.IsOpen);
        Assert.True(_gate.HasNewCredentials);

        _gate.SetMissingCredentials(false);
        Assert.True(_gate.IsOpen);
        Assert.False(_gate.HasNewCredentials);
    }

    [Fact]
    public void Others_pass_only_where_an_answer_came_between_the_refusals()
    {
        Assert.False(_gate.OthersPass);
        Refuse(3);
        _gate.Record(GatewayResult.Accepted("m"));
        Refuse(1);
        Assert.True(_gate.OthersPass);
        Refuse(3);
        Assert.False(_gate.OthersPass);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(0, 1)]
    [InlineData(999_999, 3600)]
    public void A_throttled_lane_waits_as_long_as_asked(int asked, int seconds)
    {
        _gate.Record(new(GatewayOutcome.Throttled, "slow down") { RetryAfter = TimeSpan.FromSeconds(asked) });
        _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        Assert.Equal((GateState.Throttled, 0), (_gate.Status.State, Count()));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(500, Count());
    }

    [Fact]
    public void Throttling_without_a_time_grows_from_a_second_and_a_burst_counts_once()
    {
        foreach (var seconds in new[] { 1, 2, 4, 8 })
        {
            _gate.Record(new(GatewayOutcome.Throttled));
            _gate.Record(new(GatewayOutcome.Throttled));
            Assert.Equal(TimeSpan.FromSeconds(seconds), _gate.Status.NextTry!.Value - _time.GetUtcNow());
            _time.Advance(TimeSpan.FromSeconds(seconds));
            Assert.True(_gate.IsOpen);
        }

        _gate.Record(GatewayResult.Accepted("m"));
        _gate.Record(new(GatewayOutcome.Throttled));
        Assert.Equal(TimeSpan.FromSeconds(1), _gate.Status.NextTry!.Value - _time.GetUtcNow());
    }

    [Theory]
    [InlineData(GatewayOutcome.NotSent)]
    [InlineData(GatewayOutcome.Ambiguous)]
    [InlineData(GatewayOutcome.Deferred)]
    public void Twenty_failures_in_a_row_leave_only_probes(GatewayOutcome outcome)
    {
        for (var i = 0; i < 19; i++)
        {
            _gate.Record(new(outcome));
        }

        Assert.True(_gate.IsOpen);
        Assert.True(_gate.Record(new(outcome, "down")));
        Assert.Equal((GateState.Broken, 0), (_gate.Status.State, Count()));

        for (var probes = 0; probes < 10; probes++)
        {
            _time.Advance(TimeSpan.FromSeconds(30));
            Assert.Equal(1, Count());
            _gate.Take(1);
            _gate.Record(new(outcome));
        }

        _time.Advance(TimeSpan.FromSeconds(30));
        _gate.Take(Count());
        Assert.True(_gate.Record(GatewayResult.Accepted("m")));
        Assert.Equal(500, Count());
    }

    [Fact]
    public void Failures_among_acceptances_break_nothing()
    {
        for (var i = 0; i < 200; i++)
        {
            _gate.Record(i % 20 == 0 ? GatewayResult.Accepted("m") : new(GatewayOutcome.Deferred));
        }

        Assert.True(_gate.IsOpen);
    }

    private int Count(double? perSecond = null) => _gate.Ask(500, perSecond).Count;

    private void Refuse(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _gate.Record(new(GatewayOutcome.Unauthorized, "401"));
        }
    }
}

namespace MailMarketing.Simulation.Tests;

/// <summary>F-47: the engine, its queues and the join of reports on simulated time; eng/sim.sh runs more seeds.</summary>
public class SimulationTests
{
    private const int Seeds = 500;

    [Fact]
    public void Every_promise_holds_in_five_hundred_seeds()
    {
        var broken = new List<string>();
        var verdicts = Campaigns.Run(1, Seeds, Environment.ProcessorCount, verdict =>
        {
            if (!verdict.IsGood)
            {
                broken.Add($"{verdict}\n{string.Join('\n', verdict.Violations.Take(5))}\nagain: eng/sim.sh --seed {verdict.Plan.Seed}");
            }
        });

        Assert.True(broken.Count == 0, string.Join("\n\n", broken.Take(5)));

        // Most runs must prove something: the gateway took mail, and faults met messages on their way
        Assert.InRange(verdicts.Count(verdict => verdict.IsInvalid), 0, Seeds / 8);
        Assert.True(verdicts.Sum(verdict => verdict.HitsInFlight) > Seeds, "Hardly any fault met a message on its way.");
        Assert.Equal(
            [(false, false), (false, true), (true, false), (true, true)],
            verdicts.Select(verdict => (verdict.Plan.TwoServices, verdict.Plan.Keyed)).Distinct().Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(6)]
    public void The_same_seed_gives_the_same_run(int seed)
    {
        var (once, again) = (Simulator.Run(seed), Simulator.Run(seed));

        Assert.Equal(once.Trace, again.Trace);
        Assert.Equal(once.TraceHash, again.TraceHash);
        Assert.NotEqual(once.TraceHash, Simulator.Run(seed + 10).TraceHash);
    }

    [Fact]
    public void A_run_in_which_nothing_went_wrong_proves_nothing()
    {
        var calm = Plan.Of(1) with { FaultsEnd = TimeSpan.Zero, Outage = default, Refusal = default, Poison = 0 };

        var verdict = Simulator.Run(calm);

        Assert.True(verdict.IsGood, string.Join('\n', verdict.Violations));
        Assert.Equal((true, 0), (verdict.IsInvalid, verdict.HitsInFlight));
    }

    [Fact]
    public void A_message_that_kills_is_found_and_holds_back_nobody()
    {
        foreach (var seed in Enumerable.Range(1, 10))
        {
            var plan = Plan.Of(seed) with
            {
                Crash = 0, Freeze = 0, Stop = 0, LostCall = 0, Outage = default, Refusal = default, CancelAt = null, PauseAt = null, EmptyAt = null,
                Restless = 0, Retries = false, Rejected = 0, Poison = 7, PoisonsRendering = true, Keyed = true, Throws = 0, LostRequest = 0,
                LostReply = 0, Late = 0, Deferred = 0,
            };

            var verdict = Simulator.Run(plan);

            Assert.True(verdict.IsGood, string.Join('\n', verdict.Violations));
            Assert.Equal((3, plan.People - 1), (verdict.PoisonDeaths, verdict.Accepted));
        }
    }
}

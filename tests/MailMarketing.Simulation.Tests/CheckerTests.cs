namespace MailMarketing.Simulation.Tests;

/// <summary>The checker sees what is taken away: each of these would be green if it were blind.</summary>
public class CheckerTests
{
    private const int Seeds = 150;
    private const string Twice = "I2: taken twice under AtMostOnce";

    [Fact]
    public void Without_the_fence_it_turns_red() => AssertRed(
        Weakness.Fence, Twice, plan => OneProcess(plan) with { Workers = 2, Freeze = 0.01, Throttled = 0.1, Stop = 0.003, LostCall = 0.05 });

    [Fact]
    public void Without_the_mark_it_turns_red() => AssertRed(Weakness.Mark, Twice, plan => OneProcess(plan) with { Crash = 0.01 });

    [Fact]
    public void Without_the_unique_key_it_turns_red() => AssertRed(
        Weakness.UniqueKey, Twice, plan => OneProcess(plan) with { TwoServices = true, LostCall = 0.1 });

    [Fact]
    public void Without_frozen_bytes_it_turns_red() => AssertRed(
        Weakness.FrozenBytes, "I2: the key of", plan => plan with { Keyed = true, LostReply = 0.2 });

    [Fact]
    public void With_all_of_them_it_stays_green() => Assert.DoesNotContain(
        Enumerable.Range(1, 20).Select(seed => OneProcess(Calm(seed)) with { Workers = 2, Freeze = 0.01, Crash = 0.01, LostCall = 0.05 }),
        plan => IsBroken(plan, Weakness.None, "I2"));

    /// <summary>Some seed breaks the promise without it, and the same one keeps it with it.</summary>
    private static void AssertRed(Weakness weakness, string promise, Func<Plan, Plan> harsh)
    {
        var broken = Enumerable.Range(1, Seeds).Select(seed => harsh(Calm(seed))).FirstOrDefault(plan => IsBroken(plan, weakness, promise));
        Assert.NotNull(broken);
        Assert.False(IsBroken(broken, Weakness.None, "I"), $"Seed {broken.Seed} is red for another reason.");
    }

    private static bool IsBroken(Plan plan, Weakness weakness, string promise) =>
        Simulator.Run(plan, weakness).Violations.Any(violation => violation.StartsWith(promise, StringComparison.Ordinal));

    private static Plan Calm(int seed) =>
        Plan.Of(seed) with { Poison = 0, PauseAt = null, CancelAt = null, Restless = 0, EmptyAt = null, Outage = default };

    /// <summary>One process at a gateway without keys: whatever is sent twice arrives twice.</summary>
    private static Plan OneProcess(Plan plan) => plan with { TwoServices = false, Keyed = false, Policy = SendPolicy.AtMostOnce };
}

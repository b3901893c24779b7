namespace MailMarketing.Simulation.Tests;

/// <summary>The checker sees what is taken away: each of these would be green if it were blind.</summary>
public class CheckerTests
{
    private const int Seeds = 150;

    [Fact]
    public void Without_the_fence_it_turns_red() => Assert.NotEmpty(Broken(
        Weakness.Fence, "I2: taken twice under AtMostOnce",
        plan => OneProcess(plan) with { Workers = 2, Freeze = 0.01, Throttled = 0.1, Stop = 0.003, LostCall = 0.05 }));

    [Fact]
    public void Without_the_mark_it_turns_red() => Assert.NotEmpty(Broken(
        Weakness.Mark, "I2: taken twice under AtMostOnce", plan => OneProcess(plan) with { Crash = 0.01 }));

    [Fact]
    public void Without_the_unique_key_it_turns_red() => Assert.NotEmpty(Broken(
        Weakness.UniqueKey, "I2: taken twice under AtMostOnce",
        plan => OneProcess(plan) with { TwoServices = true, LostCall = 0.1 }));

    [Fact]
    public void Without_frozen_bytes_it_turns_red() => Assert.NotEmpty(Broken(
        Weakness.FrozenBytes, "I2: the key of", plan => plan with { Keyed = true, LostReply = 0.2 }));

    [Fact]
    public void With_all_of_them_it_stays_green() => Assert.Empty(Broken(
        Weakness.None, "I2", plan => OneProcess(plan) with { Workers = 2, Freeze = 0.01, Crash = 0.01, LostCall = 0.05 }, seeds: 20));

    /// <summary>One process at a gateway without keys: whatever is sent twice arrives twice.</summary>
    private static Plan OneProcess(Plan plan) => plan with { TwoServices = false, Keyed = false, Policy = SendPolicy.AtMostOnce };

    /// <summary>What the first seed that breaks a promise breaks; empty where none does.</summary>
    private static IReadOnlyList<string> Broken(
        Weakness weakness, string promise, Func<Plan, Plan> harsh, int seeds = Seeds) => Enumerable.Range(1, seeds)
        .Select(seed => harsh(Plan.Of(seed) with { Poison = 0, PauseAt = null, CancelAt = null, Restless = 0, EmptyAt = null, Outage = default }))
        .Select(plan => Simulator.Run(plan, weakness).Violations)
        .FirstOrDefault(violations => violations.Any(violation => violation.StartsWith(promise, StringComparison.Ordinal))) ?? [];
}

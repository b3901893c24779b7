using System.Diagnostics;
using System.Globalization;
using MailMarketing.Simulation;

// eng/sim.sh explains the arguments.
var (seeds, from, trace, workers) = (0, 1, false, Environment.ProcessorCount);
for (var i = 0; i < args.Length; i++)
{
    int Value() => int.Parse(args[++i], CultureInfo.InvariantCulture);
    switch (args[i])
    {
        case "--seeds":
            seeds = Value();
            break;
        case "--from":
            from = Value();
            break;
        case "--seed":
            (seeds, from, trace) = (1, Value(), true);
            break;
        default:
            Console.Error.WriteLine($"Unknown: {args[i]}. It takes --seeds N, --from S and --seed S.");
            return 2;
    }
}

if (seeds == 1 && trace)
{
    var verdict = Simulator.Run(from);
    Array.ForEach([.. verdict.Trace], Console.WriteLine);
    Array.ForEach([.. verdict.Violations], Console.WriteLine);
    Console.WriteLine(verdict);
    return verdict.IsGood ? 0 : 1;
}

var clock = Stopwatch.StartNew();
var report = Campaigns.Run(from, seeds, workers, verdict =>
{
    if (!verdict.IsGood)
    {
        Console.WriteLine($"{verdict}\n  {string.Join("\n  ", verdict.Violations.Take(5))}\n  again: eng/sim.sh --seed {verdict.Plan.Seed}");
    }
    else if (verdict.IsInvalid)
    {
        Console.WriteLine(verdict);
    }
});
Console.WriteLine(
    $"{seeds} seeds in {clock.Elapsed.TotalSeconds:0} s: {report.Count(verdict => !verdict.IsGood)} failed, "
    + $"{report.Count(verdict => verdict.IsInvalid)} invalid; "
    + $"{report.Sum(verdict => verdict.Accepted)} taken, {report.Sum(verdict => verdict.Faults)} faults, "
    + $"{report.Sum(verdict => verdict.HitsInFlight)} of them met messages on their way");
return report.TrueForAll(verdict => verdict.IsGood) ? 0 : 1;

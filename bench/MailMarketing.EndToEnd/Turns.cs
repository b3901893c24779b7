using System.Diagnostics;
using System.Globalization;

namespace MailMarketing.EndToEnd;

/// <summary>Runs what is to be compared in turns, so that a machine that is busy for a while is busy for all.</summary>
internal sealed class Turns(Meter meter)
{
    private readonly List<Contestant> _contestants = [];

    /// <summary>Adds what is measured.</summary>
    /// <param name="name">What it is called where it is printed.</param>
    /// <param name="units">How much one run does.</param>
    /// <param name="run">What is measured.</param>
    /// <param name="prepare">What goes before each run and is not measured.</param>
    public Contestant Add(string name, int units, Func<Task> run, Func<Task>? prepare = null)
    {
        var contestant = new Contestant(name, units, run, prepare ?? (() => Task.CompletedTask));
        _contestants.Add(contestant);
        return contestant;
    }

    /// <summary>Runs all of them so often; those for warming up do not count.</summary>
    public async Task RunAsync(int rounds, int warmUps = 0)
    {
        for (var round = 1 - warmUps; round <= rounds; round++)
        {
            foreach (var contestant in _contestants)
            {
                await contestant.Prepare();
                var (cpu, started) = (meter.Now, Stopwatch.GetTimestamp());
                await contestant.Run();
                var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
                if (round > 0)
                {
                    const double micro = 1e6;
                    contestant.Runs.Add(new(contestant.Units / took, (meter.Now - cpu) * (micro / contestant.Units)));
                }
            }
        }

        foreach (var contestant in _contestants)
        {
            contestant.Print();
        }
    }
}

/// <summary>What is measured, and what it came to.</summary>
internal sealed record Contestant(string Name, int Units, Func<Task> Run, Func<Task> Prepare)
{
    public List<Reading> Runs { get; } = [];

    /// <summary>Units a second, the median.</summary>
    public double Rate => Median(Runs.Select(run => run.Rate));

    /// <summary>Microseconds of processor time of each unit, the median.</summary>
    public double Cpu => Median(Runs.Select(run => run.Cpu.Total));

    /// <summary>The same of this process alone.</summary>
    public double OwnCpu => Median(Runs.Select(run => run.Cpu.Own));

    /// <summary>The same of PostgreSQL.</summary>
    public double PostgresCpu => Median(Runs.Select(run => run.Cpu.Postgres));

    /// <summary>The same of the processes beside it.</summary>
    public double HelpersCpu => Median(Runs.Select(run => run.Cpu.Helpers));

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    public static void PrintHeader(string what) =>
        Console.WriteLine($"\n{what,-28} {"per second",12} {"µs of CPU",10} {"here",8} {"PostgreSQL",11} {"others",8}");

    /// <summary>This over another: the median of what each round came to, since a round's runs meet the same machine.</summary>
    public Row Over(string name, Contestant ceiling, string unit) => new(
        name, Median(Runs.Zip(ceiling.Runs, (ours, top) => ours.Rate / top.Rate)), Rate, ceiling.Rate, unit)
    {
        Cpu = Cpu, CeilingCpu = ceiling.Cpu,
    };

    /// <summary>The same by processor time, for what one thread does without waiting: it does not know how busy the machine is.</summary>
    public Row OverByCpu(string name, Contestant ceiling, string unit)
    {
        const double micro = 1e6;
        return new(name, Median(Runs.Zip(ceiling.Runs, (ours, top) => top.Cpu.Total / ours.Cpu.Total)), micro / Cpu, micro / ceiling.Cpu, unit)
        {
            Cpu = Cpu, CeilingCpu = ceiling.Cpu,
        };
    }

    public void Print() => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{Name,-28} {Rate,12:0} {Cpu,10:0.0} {OwnCpu,8:0.0} {PostgresCpu,11:0.0} {HelpersCpu,8:0.0}"));

    internal sealed record Reading(double Rate, Cpu Cpu);
}

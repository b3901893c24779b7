using Microsoft.Extensions.DependencyInjection;

namespace MailMarketing.Simulation;

/// <summary>Runs seeds.</summary>
internal static class Simulator
{
    /// <summary>Runs one seed, with something taken out to prove the checker, or nothing.</summary>
    public static Verdict Run(int seed, Weakness weakness = Weakness.None) => Run(Plan.Of(seed), weakness);

    public static Verdict Run(Plan plan, Weakness weakness = Weakness.None)
    {
        using var files = new Files();
        var world = new World(plan.Seed);
        var ledger = new Ledger(world, plan);
        var sink = new Sink(world, plan);
        var desk = new Machine(world, "people");
        var started = world.Now;

        var services = new ServiceCollection().AddSingleton(desk.Time).AddSingleton(new Lane("bulk", _ => new GatewayOptions()));
        new MailMarketingBuilder(services).UseSqlite(files.Web);
        using var office = services.BuildServiceProvider();
        var people = new People(world, plan, ledger, office);

        // SQLite answers at once, so that nothing is left to wait for
        people.BeginAsync().GetAwaiter().GetResult();
        using var cluster = new Cluster(world, plan, files, sink, ledger, office, weakness);
        desk.Start(() => people.ActAsync(desk, cluster.EmptyQueue));
        var limit = started + plan.FaultsEnd + plan.Outage.To + TimeSpan.FromHours(4);
        if (!world.Run(() => people.AreDone || desk.Failure is not null, limit))
        {
            ledger.Violation($"I3: it has not ended after {world.Now - started}.");
        }

        foreach (var machine in cluster.Broken.Append(desk).Append(sink.Machine).Where(machine => machine.Failure is not null))
        {
            ledger.Violation($"I11: {machine.Name} broke: {machine.Failure}");
        }

        new Checker(plan, files, sink, ledger).Check();
        return new Verdict
        {
            Plan = plan,
            Violations = ledger.Violations,
            Trace = world.Trace.Lines,
            TraceHash = world.Trace.Hash,
            Faults = ledger.Faults,
            HitsInFlight = ledger.HitsInFlight,
            Accepted = sink.Arrivals.Count(arrival => arrival.IsNew),
            PoisonDeaths = ledger.PoisonDeaths,
            Arrivals = sink.Arrivals.Count,
            Lasted = world.Now - started,
        };
    }
}

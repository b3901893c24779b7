using System.Globalization;

namespace MailMarketing.EndToEnd;

/// <summary>
/// Simulates a campaign event by event with the processor times that were measured: email clients with so many connections each, a
/// database, and a gateway that answers late. First it has to find again what was measured here, then it says what more machines would do.
/// </summary>
internal sealed class Model(Model.Costs costs, double cores)
{
    private const int Connections = 256;
    private const int Cores = 2;

    private static readonly double _late = TimeSpan.FromMilliseconds(50).TotalSeconds;

    /// <summary>Holds the model against what was measured, and prints what it says of larger systems.</summary>
    /// <remarks>Both found again: what one process did here, and what several do at a gateway that answers late, see <see cref="Scale"/>.</remarks>
    public static (List<Row> Rows, Model Model) Run(Contestant bare, Contestant postgres)
    {
        // As much of the machine as the bare loop got of it, which in turns with it got as much
        const double micro = 1e6;
        var cores = bare.Rate * bare.Cpu / micro;
        var model = new Model(new Costs(postgres.OwnCpu / micro, postgres.PostgresCpu / micro, postgres.HelpersCpu / micro), cores);
        var here = model.Here(clients: 1, Arguments.Concurrency, latency: 0);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\nThe model, with {cores:0.00} cores: {here:0} emails/s where {postgres.Rate:0} were measured"));
        Console.WriteLine($"{"email clients",14} {"database cores",15} {"databases",10} {"emails/s",10}  {"busiest"}");
        foreach (var (clients, databaseCores, databases) in ((int, int, int)[])
            [(1, 2, 1), (2, 2, 1), (4, 2, 1), (10, 4, 1), (10, 8, 1), (100, 16, 1), (100, 16, 4), (1000, 16, 4), (1000, 32, 16)])
        {
            var (rate, busiest) = model.Apart(clients, databaseCores, databases);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{clients,14} {databaseCores,15} {databases,10} {rate,10:0}  {busiest}"));
        }

        return ([Row.Of("model", here, postgres.Rate, "emails/s")], model);
    }

    /// <summary>Emails a second where everything shares one machine, as it does here.</summary>
    /// <param name="clients">Processes that send.</param>
    /// <param name="connections">Of each.</param>
    /// <param name="latency">Of the gateway, in seconds.</param>
    public double Here(int clients, int connections, double latency)
    {
        // A part of a core is a slower core
        var machine = new Station((int)Math.Ceiling(cores), cores / Math.Ceiling(cores));
        return Simulate(clients, connections, latency, _ => machine, [machine], machine);
    }

    /// <summary>Emails a second where each email client and each database has a machine, and the gateway is somebody else's.</summary>
    public (double Rate, string Busiest) Apart(int clients, int databaseCores, int databases)
    {
        var senders = Enumerable.Range(0, clients).Select(_ => new Station(Cores, 1)).ToArray();
        var stores = Enumerable.Range(0, databases).Select(_ => new Station(databaseCores, 1)).ToArray();
        var rate = Simulate(clients, Connections, _late, client => senders[client], stores, gateway: null);
        var (sender, store) = (senders.Max(one => one.Busy), stores.Max(one => one.Busy));
        var busiest = Math.Max(sender, store) < 0.9
            ? "the gateway's latency: more connections"
            : store > sender ? "the database" : "the email clients' processors";
        return (rate, string.Create(CultureInfo.InvariantCulture, $"{busiest} (clients {sender:0%}, database {store:0%})"));
    }

    // Each connection is a customer who goes around: database, email client, gateway, and again
    private double Simulate(
        int clients, int connections, double latency, Func<int, Station> senderOf, Station[] stores, Station? gateway)
    {
        var all = clients * connections;
        var emails = Math.Max(100_000, all * 20);
        var events = new PriorityQueue<(int Connection, Step Step), double>();
        for (var connection = 0; connection < all; connection++)
        {
            // They do not all begin at once
            events.Enqueue((connection, Step.Database), (double)connection / all * (latency + costs.Client));
        }

        var (sent, now) = (0, 0.0);
        while (sent < emails)
        {
            events.TryDequeue(out var next, out now);
            var (connection, client) = (next.Connection, next.Connection / connections);
            switch (next.Step)
            {
                case Step.Database:
                    events.Enqueue((connection, Step.Client), stores[client % stores.Length].Serve(now, costs.Database));
                    break;
                case Step.Client:
                    events.Enqueue((connection, Step.Gateway), senderOf(client).Serve(now, costs.Client));
                    break;
                default:
                    var answered = latency + (gateway?.Serve(now, costs.Gateway) ?? now);
                    events.Enqueue((connection, Step.Database), answered);
                    sent++;
                    break;
            }
        }

        foreach (var station in Enumerable.Range(0, clients).Select(senderOf).Concat(stores))
        {
            station.Until = now;
        }

        return sent / now;
    }

    private enum Step
    {
        Database,
        Client,
        Gateway,
    }

    /// <summary>Seconds of processor time of each email.</summary>
    /// <param name="Client">In the process that sends.</param>
    /// <param name="Database">In the database.</param>
    /// <param name="Gateway">In the gateway.</param>
    internal sealed record Costs(double Client, double Database, double Gateway);

    /// <summary>Some processors that serve whoever comes first.</summary>
    private sealed class Station(int processors, double speed)
    {
        private readonly PriorityQueue<int, double> _free = new(Enumerable.Range(0, processors).Select(one => (one, 0.0)));
        private double _worked;

        public double Until { get; set; }

        /// <summary>The share of its time that it worked.</summary>
        public double Busy => _worked / (Until * processors);

        /// <summary>When somebody is done who comes now.</summary>
        public double Serve(double now, double work)
        {
            _free.TryDequeue(out var processor, out var free);
            var done = Math.Max(now, free) + (work / speed);
            _worked += work / speed;
            _free.Enqueue(processor, done);
            return done;
        }
    }
}

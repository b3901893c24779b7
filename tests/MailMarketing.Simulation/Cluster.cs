using MailMarketing.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailMarketing.Simulation;

/// <summary>The processes that send: started, killed, frozen, stopped and started again.</summary>
internal sealed class Cluster : IDisposable
{
    /// <summary>The machine that hands over.</summary>
    public const string Web = "web";

    private readonly World _world;
    private readonly Plan _plan;
    private readonly Files _files;
    private readonly Sink _sink;
    private readonly Ledger _ledger;
    private readonly Weakness _weakness;
    private readonly Dictionary<Machine, (Node Node, Action Restart)> _nodes = [];
    private readonly Machine _network;
    private ServiceProvider _server;
    private int _lives;
    private int _renamed;

    public Cluster(World world, Plan plan, Files files, Sink sink, Ledger ledger, IServiceProvider office, Weakness weakness)
    {
        (_world, _plan, _files, _sink, _ledger, _weakness) = (world, plan, files, sink, ledger, weakness);
        _network = new Machine(world, "network");
        _server = Services(_network, builder => builder.UseSqliteIntake(files.Intake));
        var deliveries = office.GetRequiredService<IDeliveryStore>();
        for (var number = 1; number <= plan.Workers; number++)
        {
            var name = $"worker{number}";
            StartWorker(name, deliveries);
        }

        if (plan.TwoServices)
        {
            StartPump(deliveries);
        }

        world.BeforeStep = Strike;
    }

    /// <summary>Whether anything broke that must not.</summary>
    public IEnumerable<Machine> Broken => _nodes.Keys.Append(_network).Where(machine => machine.Failure is not null);

    public void EmptyQueue()
    {
        _world.Note("the queue is emptied");
        foreach (var (node, _) in _nodes.Values.Where(entry => entry.Node.Machine.IsAlive).ToList())
        {
            if (node.Machine.Name != Web)
            {
                Kill(node, "loses its queue");
            }
        }

        _ledger.Empty();
        _server.Dispose();
        _files.EmptyIntake(++_lives);
        _server = Services(_network, builder => builder.UseSqliteIntake(_files.Intake));
    }

    public void Dispose()
    {
        foreach (var (node, _) in _nodes.Values)
        {
            node.Dispose();
        }

        _server.Dispose();
    }

    private static ServiceProvider Services(Machine machine, Action<MailMarketingBuilder> use, Action<IServiceCollection>? more = null)
    {
        var services = new ServiceCollection().AddSingleton(machine.Time);
        use(new MailMarketingBuilder(services));
        more?.Invoke(services);
        return services.BuildServiceProvider();
    }

    private void StartWorker(string name, IDeliveryStore deliveries)
    {
        var machine = new Machine(_world, name);
        var options = new GatewayOptions { HonoursIdempotencyKeys = _plan.Keyed, Backoff = _plan.Backoff, PerSecond = _plan.PerSecond };
        var services = Services(
            machine,
            builder => (_plan.TwoServices ? builder.UseSqliteIntake(_files.Intake) : builder.UseSqlite(_files.Web)).UseScriban()
                .AddLane("bulk", _ => new WireGateway(_world, _plan, machine, _sink, _ledger), _ => options),
            more =>
            {
                more.AddSingleton<ICredentialSource>(new Credentials(_ledger, _plan));
                foreach (var renderer in more.Where(service => service.ServiceType == typeof(ITemplateRenderer)).ToList())
                {
                    more.AddSingleton<ITemplateRenderer>(provider => new WatchedRenderer(
                        (ITemplateRenderer)ActivatorUtilities.CreateInstance(provider, renderer.ImplementationType!),
                        machine, _plan, _ledger, _weakness));
                }
            });
        var wire = new Wire(_world, _plan, machine, _ledger);
        var store = services.GetRequiredService<ISendQueue>();
        var queue = new WireQueue(wire, Weaken(store), machine, _ledger);
        var node = Add(machine, services, () => StartWorker(name, deliveries));
        node.Run(stopping => Node.Engine(_world, _plan, machine, services, queue).RunAsync(stopping));
        if (store is ISendIntake intake)
        {
            var link = LinkOf(machine, wire, deliveries);
            node.Run(stopping => new OutboxPump(
                new WireIntake(wire, intake, machine, _ledger), [link], Node.Options(_world, _plan), machine.Time, NullLogger<OutboxPump>.Instance)
                .RunAsync(stopping));
        }
    }

    private void StartPump(IDeliveryStore deliveries)
    {
        var machine = new Machine(_world, Web);
        var services = Services(machine, builder => builder.UseSqlite(_files.Web));
        var wire = new Wire(_world, _plan, machine, _ledger);
        var queue = new WireHandOver(wire, services.GetRequiredService<IHandOverQueue>(), machine, _ledger);

        // Contents without a public address need no links
        var pump = new HandOverPump(
            queue, LinkOf(machine, wire, deliveries), new RecipientLinks(null!), Node.Options(_world, _plan), new WorkBell(),
            machine.Time, NullLogger<HandOverPump>.Instance);
        Add(machine, services, () => StartPump(deliveries)).Run(pump.RunAsync);
    }

    private Link LinkOf(Machine machine, Wire wire, IDeliveryStore deliveries) => new(
        _world, _plan, machine, _network, wire, () => new Reception(_server.GetRequiredService<ISendIntake>(), Rename), Named(deliveries), _ledger);

    private Node Add(Machine machine, ServiceProvider services, Action restart)
    {
        var node = new Node(machine, services);
        _nodes[machine] = (node, restart);
        _world.Note($"{machine.Name} starts");
        return node;
    }

    /// <summary>What may happen to a machine instead of its next step.</summary>
    private void Strike(Machine machine)
    {
        if (!_nodes.TryGetValue(machine, out var entry) || machine.IsFrozen)
        {
            return;
        }

        if (machine.IsDoomed)
        {
            _ledger.PoisonDeaths++;
            Kill(entry.Node, "is poisoned");
            return;
        }

        if (!_ledger.IsTrouble || entry.Node.IsStopping)
        {
            return;
        }

        var weight = _ledger.IsSending(machine) ? 3 : 1;
        if (_world.Chance(_plan.Crash * weight))
        {
            Kill(entry.Node, "dies");
        }
        else if (_world.Chance(_plan.Freeze * weight))
        {
            _ledger.Hit(machine, "freezes");
            machine.Freeze();
            After(_plan.Lease * (0.5 + (3.5 * _world.Random.NextDouble())), () =>
            {
                _world.Note($"{machine.Name} wakes up");
                machine.Thaw();
            });
        }
        else if (_world.Chance(_plan.Stop))
        {
            // What it has on its way it ends by itself; after the grace period it is killed
            _world.Note($"{machine.Name} is told to stop");
            machine.Post(_ => entry.Node.Stop(), null);
            After(TimeSpan.FromSeconds(10), () => Kill(entry.Node, "is ended"));
        }
    }

    private void Kill(Node node, string how)
    {
        if (node.Machine.IsAlive)
        {
            _ledger.Hit(node.Machine, how);
            node.Kill();
            After(_world.Between(100, 3000), _nodes[node.Machine].Restart);
        }
    }

    private void After(TimeSpan delay, Action action) => _network.Start(async () =>
    {
        await Task.Delay(delay, _network.Time, CancellationToken.None);
        action();
    });

    private ISendQueue Weaken(ISendQueue queue) => _weakness switch
    {
        Weakness.Fence => new Unfenced(queue, _plan.TwoServices ? _files.Intake : _files.Web, _plan.TwoServices ? "job" : "delivery"),
        Weakness.Mark => new Unmarked(queue),
        _ => queue,
    };

    private JobBatch Rename(JobBatch batch) => _weakness == Weakness.UniqueKey ? Forgetful.Rename(batch, ref _renamed) : batch;

    private IDeliveryStore Named(IDeliveryStore deliveries) =>
        _weakness == Weakness.UniqueKey ? new RenamedDeliveries(deliveries) : deliveries;

    private sealed class Credentials(Ledger ledger, Plan plan) : ICredentialSource
    {
        public Task<GatewayCredentials?> GetAsync(string lane, CancellationToken cancellationToken) => Task.FromResult<GatewayCredentials?>(
            new("user", plan.Refusal.To > TimeSpan.Zero && ledger.Elapsed >= plan.Refusal.To ? "new" : "old"));
    }
}

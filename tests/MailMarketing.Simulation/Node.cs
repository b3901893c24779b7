using MailMarketing.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailMarketing.Simulation;

/// <summary>A process with what runs in it. Killing it abandons all its steps and closes its connections.</summary>
internal sealed class Node(Machine machine, ServiceProvider services) : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    public Machine Machine => machine;

    /// <summary>Whether it was asked to stop and has not ended yet.</summary>
    public bool IsStopping => _stopping.IsCancellationRequested;

    /// <summary>The engine of this product, on the machine's time and with the run's chance.</summary>
    public static SendingEngine Engine(World world, Plan plan, Machine machine, IServiceProvider services, ISendQueue queue) => new(
        services,
        services.GetServices<Lane>(),
        queue,
        new SliceRenderer(
            new TemplateCache(new TemplateLanguages(services.GetServices<ITemplateRenderer>())), NullLogger<SliceRenderer>.Instance),
        new LaneGates(machine.Time),
        Options(world, plan),
        new WorkBell(),
        machine.Time,
        NullLogger<SendingEngine>.Instance);

    public static EngineOptions Options(World world, Plan plan) => new()
    {
        ClaimSize = plan.ClaimSize,
        Lease = plan.Lease,
        PollInterval = PollInterval(plan),
        Chance = world.Random.NextDouble,
    };

    /// <summary>Long, so that a run has few steps in which nothing happens.</summary>
    public static TimeSpan PollInterval(Plan plan) =>
        plan.IsLong ? TimeSpan.FromMinutes(1) : TimeSpan.FromMilliseconds(plan.TwoServices ? 4000 : 1500);

    /// <summary>Begins what runs until it is told to stop.</summary>
    public void Run(Func<CancellationToken, Task> work) => machine.Start(() => work(_stopping.Token));

    /// <summary>Asks it to stop, as SIGTERM does.</summary>
    public void Stop() => _stopping.Cancel();

    public void Kill()
    {
        machine.Kill();
        services.Dispose();
    }

    public void Dispose()
    {
        Kill();
        _stopping.Dispose();
    }
}

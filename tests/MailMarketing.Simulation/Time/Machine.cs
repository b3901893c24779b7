namespace MailMarketing.Simulation;

/// <summary>
/// A process of the simulated world: whatever awaits on it goes on as a step of its own. Killed, none of its steps happens any more;
/// frozen, they wait, as under SIGSTOP.
/// </summary>
internal sealed class Machine : SynchronizationContext
{
    private readonly World _world;
    private readonly Queue<(SendOrPostCallback Work, object? State)> _held = new();

    public Machine(World world, string name)
    {
        (_world, Name) = (world, name);
        Time = new MachineTime(world, this);
    }

    public string Name { get; }

    public TimeProvider Time { get; }

    public bool IsAlive { get; private set; } = true;

    public bool IsFrozen { get; private set; }

    /// <summary>Whether it dies before its next step, for what it just did.</summary>
    public bool IsDoomed { get; set; }

    /// <summary>When it last woke up; what it did between may be late, and nobody can help it.</summary>
    public DateTimeOffset ThawedAt { get; private set; }

    /// <summary>The first exception that nobody caught.</summary>
    public Exception? Failure { get; private set; }

    public override void Post(SendOrPostCallback d, object? state) => _world.Post(this, d, state);

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Begins some work as a step of its own.</summary>
    public void Start(Func<Task> work) => Post(_ => Watch(work), null);

    public void Kill() => IsAlive = false;

    public void Freeze() => IsFrozen = true;

    public void Thaw()
    {
        (IsFrozen, ThawedAt) = (false, _world.Now);
        while (_held.TryDequeue(out var step))
        {
            Post(step.Work, step.State);
        }
    }

    /// <summary>Whether a step happens now.</summary>
    public bool Takes(SendOrPostCallback work, object? state)
    {
        if (IsAlive && IsFrozen)
        {
            _held.Enqueue((work, state));
        }

        return IsAlive && !IsFrozen;
    }

    private async void Watch(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception exception)
        {
            Failure ??= exception;
        }
    }
}

namespace MailMarketing.Simulation;

/// <summary>
/// One thread, one clock, one seed. What machines have to do waits in a list from which chance takes the next; time moves on, in one
/// step, only when nothing is left to do. So the same seed gives the same run, and every order of steps can come up.
/// </summary>
internal sealed class World(int seed)
{
    private const int MostSteps = 3_000_000;

    private readonly PriorityQueue<MachineTimer, (DateTimeOffset At, long Order)> _timers = new();
    private readonly List<(Machine Machine, SendOrPostCallback Work, object? State)> _ready = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private long _order;
    private int _steps;

    public Random Random { get; } = new(seed);

    public DateTimeOffset Now { get; private set; } = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public Trace Trace { get; } = new();

    /// <summary>Asked before each step of a machine; it may end or freeze the machine instead.</summary>
    public Action<Machine>? BeforeStep { get; set; }

    public bool Chance(double probability) => probability > 0 && Random.NextDouble() < probability;

    public TimeSpan Between(double fromMs, double toMs) => TimeSpan.FromMilliseconds(fromMs + (Random.NextDouble() * (toMs - fromMs)));

    public void Note(string what) => Trace.Add(Now, what);

    public void Post(Machine machine, SendOrPostCallback work, object? state)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            throw new InvalidOperationException("Something left the simulation's only thread: this run cannot be repeated.");
        }

        _ready.Add((machine, work, state));
    }

    public void Set(MachineTimer timer, DateTimeOffset at) => _timers.Enqueue(timer, (at, _order++));

    /// <summary>Runs until it is over; false where it does not end.</summary>
    public bool Run(Func<bool> isOver, DateTimeOffset deadline)
    {
        var before = SynchronizationContext.Current;
        try
        {
            while (!isOver())
            {
                if (Now > deadline || ++_steps > MostSteps || !Step())
                {
                    return false;
                }
            }

            return true;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private bool Step()
    {
        while (_ready.Count == 0)
        {
            if (!_timers.TryDequeue(out var timer, out var due))
            {
                return false;
            }

            Now = due.At > Now ? due.At : Now;
            timer.Ring(due.At);
        }

        var index = Random.Next(_ready.Count);
        var (machine, work, state) = _ready[index];
        _ready[index] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        if (machine.IsAlive)
        {
            BeforeStep?.Invoke(machine);
        }

        if (machine.Takes(work, state))
        {
            SynchronizationContext.SetSynchronizationContext(machine);
            work(state);
        }

        return true;
    }
}

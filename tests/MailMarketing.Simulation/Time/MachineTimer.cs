namespace MailMarketing.Simulation;

/// <summary>A timer that rings once, as a step of its machine.</summary>
internal sealed class MachineTimer(World world, Machine machine, TimerCallback callback, object? state) : ITimer
{
    private DateTimeOffset? _at;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (period != Timeout.InfiniteTimeSpan && period != TimeSpan.Zero)
        {
            throw new NotSupportedException("Nothing in the engine uses timers that ring again.");
        }

        _at = dueTime == Timeout.InfiniteTimeSpan ? null : world.Now + dueTime;
        if (_at is { } at)
        {
            world.Set(this, at);
        }

        return true;
    }

    /// <summary>Rings, unless it was stopped or set anew.</summary>
    public void Ring(DateTimeOffset due)
    {
        if (_at == due)
        {
            _at = null;
            world.Post(machine, _ => callback(state), null);
        }
    }

    public void Dispose() => _at = null;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}

namespace MailMarketing.Simulation;

/// <summary>The world's clock, as a machine sees it.</summary>
internal sealed class MachineTime(World world, Machine machine) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => world.Now;

    public override long GetTimestamp() => world.Now.UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new MachineTimer(world, machine, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}

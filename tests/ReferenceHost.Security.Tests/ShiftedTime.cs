namespace ReferenceHost.Security.Tests;

/// <summary>The machine's clock, as it will be later.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private TimeSpan _shift;

    public void Pass(TimeSpan time) => _shift += time;

    public override long GetTimestamp() => base.GetTimestamp() + (long)(_shift.TotalSeconds * TimestampFrequency);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _shift;
}

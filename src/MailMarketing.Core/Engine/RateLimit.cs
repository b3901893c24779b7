namespace MailMarketing.Engine;

/// <summary>GCRA with a burst of 5 % of the rate, at least one message; a new one starts empty.</summary>
internal sealed class RateLimit(TimeProvider time)
{
    private const double Burst = 0.05;

    private double? _rate;
    private long _start;
    private double _next;

    /// <summary>How many messages may be taken now; <paramref name="most"/> where there is no limit.</summary>
    public int Available(double? perSecond, int most)
    {
        Follow(perSecond);
        if (_rate is not { } rate)
        {
            return most;
        }

        var now = Now();
        // The little more is for what doubles lose in adding up.
        var free = ((now - Math.Max(_next, now)) * rate) + Size(rate) + 1e-6;
        return (int)Math.Clamp(Math.Floor(free), 0, Math.Min(most, Size(rate)));
    }

    /// <summary>Takes messages.</summary>
    public void Take(int count)
    {
        if (_rate is { } rate)
        {
            _next = Math.Max(_next, Now()) + (count / rate);
        }
    }

    /// <summary>How long until one more may be taken.</summary>
    public TimeSpan NextIn()
    {
        if (_rate is not { } rate)
        {
            return TimeSpan.Zero;
        }

        var seconds = _next - Now() - ((Size(rate) - 1) / rate);
        return seconds <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(seconds);
    }

    /// <summary>50 ms of the rate.</summary>
    private static double Size(double rate) => Math.Max(1, Math.Floor(rate * Burst));

    private double Now() => time.GetElapsedTime(_start).TotalSeconds;

    private void Follow(double? perSecond)
    {
        if (perSecond == _rate)
        {
            return;
        }

        (_rate, _start) = (perSecond, time.GetTimestamp());
        _next = perSecond is { } rate ? Size(rate) / rate : 0;
    }
}

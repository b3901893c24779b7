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
        var free = Math.Floor(((now - Math.Max(_next, now)) * rate) + Size(rate) + 1e-6);
        return free < Worthwhile(rate) ? 0 : (int)Math.Min(free, Math.Min(most, Size(rate)));
    }

    /// <summary>Takes messages.</summary>
    public void Take(int count)
    {
        if (_rate is { } rate)
        {
            _next = Math.Max(_next, Now()) + (count / rate);
        }
    }

    /// <summary>How long until taking is worthwhile again.</summary>
    public TimeSpan NextIn()
    {
        if (_rate is not { } rate)
        {
            return TimeSpan.Zero;
        }

        var seconds = _next - Now() - ((Size(rate) - Worthwhile(rate)) / rate);
        return seconds <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(seconds);
    }

    /// <summary>50 ms of the rate.</summary>
    private static double Size(double rate) => Math.Max(1, Math.Floor(rate * Burst));

    /// <summary>Half a burst, so that a fast lane is not claimed for message by message, and the other half is for being late.</summary>
    private static double Worthwhile(double rate) => Math.Max(1, Math.Floor(Size(rate) / 2));

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

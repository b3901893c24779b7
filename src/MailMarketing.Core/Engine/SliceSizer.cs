namespace MailMarketing.Engine;

/// <summary>
/// How many messages to mark as sending at once: as many as are through in 200 ms, two slices at a time, so that a pause stops the rest
/// in time and a crash leaves few in doubt.
/// </summary>
internal sealed class SliceSizer
{
    /// <summary>As many at most as may be in doubt at once.</summary>
    public const int Largest = 128;

    /// <summary>The same where a gateway recognises a repeat, so that being in doubt costs nothing; the most that a gateway is given at once.</summary>
    public const int LargestKeyed = 500;

    // Two slices are on their way while a third is rendered: below 50 MB of text in all
    private const long MostText = 8_000_000;
    private const double Target = 0.2;
    private const double Weight = 0.3;
    private const int Patience = 20;

    private readonly Lock _lock = new();
    private int _size = 20;
    private int _largest = Largest;
    private int _patience;
    private double? _perSecond;
    private (int Count, double Seconds)? _reference;

    /// <summary>The size of the next slice, from 1.</summary>
    public int Size
    {
        get
        {
            lock (_lock)
            {
                return _size;
            }
        }
    }

    /// <summary>How many messages like these fit into memory at once, from 1.</summary>
    public static int Fitting(IReadOnlyList<PreparedMessage> slice)
    {
        var text = slice.Sum(p => (long)(p.Message?.Content.Html?.Length ?? 0) + (p.Message?.Content.Text?.Length ?? 0));
        return (int)Math.Clamp(MostText * slice.Count / Math.Max(1, text), 1, LargestKeyed);
    }

    /// <summary>Half as many, where memory was too little.</summary>
    public void Shrink()
    {
        lock (_lock)
        {
            _size = Math.Max(1, _size / 2);
        }
    }

    /// <summary>Learns from a slice; one much smaller than asked for says nothing.</summary>
    /// <param name="count">How many it had.</param>
    /// <param name="elapsed">How long they took.</param>
    /// <param name="largest">The most that the next one may have.</param>
    public void Observe(int count, TimeSpan elapsed, int largest)
    {
        lock (_lock)
        {
            (_largest, _size) = (largest, Math.Min(_size, largest));
            if (count * 2 < _size)
            {
                return;
            }

            var seconds = Math.Max(elapsed.TotalSeconds, 1e-6);
            var rate = count / seconds;
            _perSecond = _perSecond is { } before ? before + (Weight * (rate - before)) : rate;
            if (seconds <= Target)
            {
                _reference = null;
                _size = Within(_perSecond.Value * Target, count);
            }
            else
            {
                Slow(count, seconds);
            }
        }
    }

    /// <summary>
    /// A slow slice is either many messages one after the other, and smaller slices help, or a gateway that answers each message
    /// late, and they would only hurt. Two slices of different size tell: the slope between them is a message's own cost.
    /// </summary>
    private void Slow(int count, double seconds)
    {
        if (_reference is { } other && other.Count != count)
        {
            var slope = (seconds - other.Seconds) / (count - other.Count);
            var answersLate = slope * count < 0.25 * seconds;
            _size = answersLate ? Within(_largest, count) : Within(Target / slope, count);
            _reference = (count, seconds);
            _patience = _size == count ? Patience : 0;
        }
        else if (_patience-- <= 0)
        {
            _reference = (count, seconds);
            _size = Within(1, count);
            _patience = Patience;
        }
    }

    private int Within(double wanted, int count) =>
        (int)Math.Clamp(wanted, Math.Clamp(count / 2, 1, _largest), Math.Min(_largest, Math.Max(2, count * 2)));
}

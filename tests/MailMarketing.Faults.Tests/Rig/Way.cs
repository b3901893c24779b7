namespace MailMarketing.Faults.Tests.Rig;

/// <summary>What becomes of the bytes that go one way through a proxy.</summary>
internal sealed class Way
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _held;
    private int _resets;

    /// <summary>How long each piece waits.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Nothing arrives any more, and nobody is told; as where packets are lost, it arrives late once they are not.</summary>
    public void Hold()
    {
        lock (_lock)
        {
            _held ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>What was held, or is still to be reset, passes.</summary>
    public void Free()
    {
        lock (_lock)
        {
            _held?.SetResult();
            (_held, _resets, Delay) = (null, 0, TimeSpan.Zero);
        }
    }

    /// <summary>Resets the connection in place of the next pieces, so many.</summary>
    public void ResetNext(int count) => Interlocked.Add(ref _resets, count);

    /// <summary>Resets that are still to come.</summary>
    public int ResetsLeft => Math.Max(0, Volatile.Read(ref _resets));

    /// <summary>Waits until a piece may pass; false where its connection is to be reset.</summary>
    public async Task<bool> PassAsync(CancellationToken cancellationToken)
    {
        if (Delay > TimeSpan.Zero)
        {
            await Task.Delay(Delay, cancellationToken);
        }

        while (Volatile.Read(ref _held) is { } held)
        {
            await held.Task.WaitAsync(cancellationToken);
        }

        return Volatile.Read(ref _resets) <= 0 || Interlocked.Decrement(ref _resets) < 0;
    }
}

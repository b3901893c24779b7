namespace MailMarketing.Engine;

/// <summary>The slices on their way. Used by one loop only.</summary>
internal sealed class InFlight
{
    private const int Slices = 2;

    private readonly List<Slice> _slices = [];

    /// <summary>Whether all is written down.</summary>
    public bool IsEmpty => _slices.TrueForAll(slice => slice.Written.IsCompleted);

    private IEnumerable<Slice> Sending => _slices.Where(slice => !slice.Sent.IsCompleted);

    /// <summary>Waits until one more slice may leave: two always may, more only where all together have no more messages than said.</summary>
    public async Task ToSendAsync(int count, int most, CancellationToken cancellationToken)
    {
        while (Sending.Count() >= Slices && Sending.Sum(slice => slice.Count) + count > most)
        {
            await Task.WhenAny(Sending.Select(slice => slice.Sent)).WaitAsync(cancellationToken);
        }
    }

    /// <summary>The same by what is sent and not written down yet, too: a crash leaves all of it in doubt.</summary>
    public async Task ToWriteAsync(int count, int most, CancellationToken cancellationToken)
    {
        Forget();
        while (_slices.Count >= Slices && _slices.Sum(slice => slice.Count) + count > most)
        {
            await Task.WhenAny(_slices.Select(slice => slice.Written)).WaitAsync(cancellationToken);
            Forget();
        }
    }

    /// <summary>A slice left.</summary>
    /// <param name="sent">Ends with the last answer.</param>
    /// <param name="written">Ends once the answers are written down.</param>
    /// <param name="count">Its messages.</param>
    public void Add(Task sent, Task written, int count) => _slices.Add(new(sent, written, count));

    /// <summary>Waits until all are written down.</summary>
    public Task AllAsync() => Task.WhenAll(_slices.Select(slice => slice.Written));

    private void Forget() => _slices.RemoveAll(slice => slice.Written.IsCompleted);

    private sealed record Slice(Task Sent, Task Written, int Count);
}

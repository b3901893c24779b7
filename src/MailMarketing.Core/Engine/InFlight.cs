namespace MailMarketing.Engine;

/// <summary>The slices on their way. Used by one loop only.</summary>
internal sealed class InFlight
{
    private const int Slices = 2;

    private readonly List<Slice> _slices = [];

    private IEnumerable<Slice> Sending => _slices.Where(slice => !slice.Sent.IsCompleted);

    /// <summary>
    /// Waits until one more slice may leave: two at most, more only where they are so small that all together they are no more
    /// than two whole ones, as under a rate limit.
    /// </summary>
    /// <param name="count">Messages of the slice that is to leave.</param>
    /// <param name="sliceSize">Of a whole one.</param>
    /// <param name="ahead">As many slices more may be sent and not written down yet: a crash leaves them in doubt too.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task WaitForRoomAsync(int count, int sliceSize, int ahead, CancellationToken cancellationToken)
    {
        while (Sending.Count() >= Slices && Sending.Sum(slice => slice.Count) + count > Slices * sliceSize)
        {
            await Task.WhenAny(Sending.Select(slice => slice.Sent)).WaitAsync(cancellationToken);
        }

        var most = Slices + ahead;
        Forget();
        while (_slices.Count >= most && _slices.Sum(slice => slice.Count) + count > most * sliceSize)
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

namespace MailMarketing.Engine;

/// <summary>The slices on their way. Used by one loop only.</summary>
internal sealed class InFlight
{
    private const int Slices = 2;

    private readonly List<(Task Task, int Count)> _tasks = [];

    public bool IsEmpty => _tasks.TrueForAll(t => t.Task.IsCompleted);

    /// <summary>
    /// Waits until one more slice may leave: two at most, more only where they are so small that all together they are no more
    /// than two whole ones, as under a rate limit.
    /// </summary>
    public async Task WaitForRoomAsync(int count, int sliceSize, CancellationToken cancellationToken)
    {
        Forget();
        while (_tasks.Count >= Slices && _tasks.Sum(t => t.Count) + count > Slices * sliceSize)
        {
            await Task.WhenAny(_tasks.Select(t => t.Task)).WaitAsync(cancellationToken);
            Forget();
        }
    }

    /// <summary>A slice left.</summary>
    public void Add(Task task, int count) => _tasks.Add((task, count));

    /// <summary>Waits for all.</summary>
    public Task AllAsync() => Task.WhenAll(_tasks.Select(t => t.Task));

    private void Forget() => _tasks.RemoveAll(t => t.Task.IsCompleted);
}

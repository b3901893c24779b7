namespace MailMarketing.Engine;

/// <summary>Tells what waits in this process that there is something to do, so that it need not wait for its next look.</summary>
internal sealed class WorkBell : IDisposable
{
    private CancellationTokenSource _next = new();

    /// <summary>Cancelled by the next ring; taken before one looks, so that no ring is missed.</summary>
    public CancellationToken Next => Volatile.Read(ref _next).Token;

    /// <summary>Wakes all that wait.</summary>
    public void Ring() => Interlocked.Exchange(ref _next, new()).Cancel();

    /// <summary>Rings once a command succeeded.</summary>
    public async Task<Result<T>> AfterAsync<T>(Task<Result<T>> command)
        where T : class
    {
        var result = await command;
        if (result.Succeeded)
        {
            Ring();
        }

        return result;
    }

    /// <summary>Waits for a ring, so long at most, or until it is told to stop; never throws.</summary>
    /// <param name="longest">How long at most.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ring">From <see cref="Next"/>; none where no ring shortens the wait.</param>
    /// <param name="stopping">Ends it.</param>
    public static async Task WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken ring, CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ring, stopping);
        await Task.Delay(longest, time, either.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public void Dispose() => _next.Dispose();
}

namespace MailMarketing.Engine;

/// <summary>Tells what waits in this process that there is something to do, so that it need not wait for its next look.</summary>
internal sealed class WorkBell
{
    private volatile TaskCompletionSource _next = New();

    /// <summary>Ends with the next ring; taken before one looks, so that no ring is missed.</summary>
    public Task Next => _next.Task;

    /// <summary>Wakes all that wait.</summary>
    public void Ring() => Interlocked.Exchange(ref _next, New()).TrySetResult();

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
    /// <param name="ring">From <see cref="Next"/>; null where no ring shortens the wait.</param>
    /// <param name="longest">How long at most.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stopping">Ends it.</param>
    public static Task WaitAsync(Task? ring, TimeSpan longest, TimeProvider time, CancellationToken stopping)
    {
        var delay = Task.Delay(longest, time, stopping);
        return Task.WhenAny(ring ?? delay, delay);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

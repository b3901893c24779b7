namespace MailMarketing.Engine;

/// <summary>Runs a pump's rounds until it is told to stop: at once where a round worked, later where there was nothing or it failed.</summary>
internal static class PumpLoop
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(60);

    /// <param name="round">One round; false where nothing was due.</param>
    /// <param name="idle">How long to wait then.</param>
    /// <param name="bell">Ends that wait; null for none.</param>
    /// <param name="chance">Where the waits after failures get their chance from.</param>
    /// <param name="time">The clock.</param>
    /// <param name="failed">Told of a round that failed, and how long the next one waits.</param>
    /// <param name="stopping">Ends the loop.</param>
    public static async Task RunAsync(
        Func<CancellationToken, Task<bool>> round, TimeSpan idle, WorkBell? bell, Func<double> chance, TimeProvider time,
        Action<Exception, TimeSpan> failed, CancellationToken stopping)
    {
        for (var failures = 0; !stopping.IsCancellationRequested;)
        {
            TimeSpan wait;
            var ring = bell?.Next ?? default;
            try
            {
                wait = await round(stopping) ? TimeSpan.Zero : idle;
                failures = 0;
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                wait = Jitter.Exponential(++failures, LongestDelay, chance());
                failed(exception, wait);
            }

            if (wait > TimeSpan.Zero)
            {
                await WorkBell.WaitAsync(wait, time, failures == 0 ? ring : default, stopping);
            }
        }
    }
}

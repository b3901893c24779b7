using Microsoft.Extensions.Logging;

namespace MailMarketing.Engine;

/// <summary>Writes to the queue what became of claimed jobs, however long the store is away.</summary>
internal sealed class ResultWriter(string lane, ISendQueue queue, EngineOptions options, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    /// <summary>Completes jobs, again and again until it worked or their lease is long gone.</summary>
    /// <param name="fence">The claim's.</param>
    /// <param name="results">At least one.</param>
    /// <param name="hard">The process is being killed.</param>
    public async Task CompleteAsync(long fence, IReadOnlyList<SendResult> results, CancellationToken hard)
    {
        var started = time.GetTimestamp();
        for (var failures = 1; ; failures++)
        {
            try
            {
                var lost = await queue.CompleteAsync(fence, results, hard);
                if (lost > 0)
                {
                    Log.ClaimLost(logger, lane, lost);
                    MailMarketingTelemetry.Lost(lane, lost);
                }

                foreach (var result in results)
                {
                    MailMarketingTelemetry.Outcome(lane, result.Status.State);
                }

                return;
            }
            catch (OperationCanceledException) when (hard.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception exception)
            {
                // The store keeps a late success of the round even under an old fence, so trying for long is worth it.
                if (time.GetElapsedTime(started) > (options.Lease * 10) + TimeSpan.FromMinutes(10))
                {
                    Log.CompleteGivenUp(logger, lane, results.Count);
                    return;
                }

                var delay = Jitter.Exponential(failures, LongestDelay, options.Chance());
                Log.CompleteFailed(logger, exception, lane, results.Count, delay);
                await Task.Delay(delay, time, hard);
            }
        }
    }

    /// <summary>Gives jobs back that were not sent; where that does not work within a lease, they come back by its end.</summary>
    public async Task ReleaseAsync(long fence, IReadOnlyList<long> queueIds, CancellationToken hard)
    {
        var started = time.GetTimestamp();
        for (var failures = 1; queueIds.Count > 0; failures++)
        {
            try
            {
                await queue.ReleaseAsync(fence, queueIds, hard);
                return;
            }
            catch (Exception exception)
            {
                if (hard.IsCancellationRequested || time.GetElapsedTime(started) > options.Lease)
                {
                    Log.ReleaseFailed(logger, exception, lane, queueIds.Count);
                    return;
                }
            }

            await Task.Delay(Jitter.Exponential(failures, LongestDelay, options.Chance()), time, hard);
        }
    }
}

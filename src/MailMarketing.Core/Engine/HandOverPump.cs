using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailMarketing.Engine;

/// <summary>Hands a marketing side's deliveries, and what changes of them, over to the sending side in another process.</summary>
internal sealed class HandOverPump(
    ISendQueue queue, IRemoteSender target, RecipientLinks links, EngineOptions options, WorkBell bell, TimeProvider time,
    ILogger<HandOverPump> logger) : BackgroundService
{
    private const int Window = 20_000;

    // While the sending side takes one block in, the next ones are made ready
    private const int MostUnderWay = 3;

    // Who submits a block tells of its failure; who only waits for its end does not
    private const ConfigureAwaitOptions Quietly = ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(60);

    // Without a word for so long, one job is offered again: the answer tells of a queue that was lost
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, string> _incarnations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _offered = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Queue<Task>> _underWay = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private Task<bool>? _telling;

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    /// <summary>Hands over until <paramref name="stopping"/>.</summary>
    internal async Task RunAsync(CancellationToken stopping)
    {
        if (queue is not IHandOverQueue handOver)
        {
            return;
        }

        // A pause must not wait for a hand-over that takes long; whichever word comes late, the newer revision counts
        await Task.WhenAll(
            LoopAsync(token => RoundAsync(handOver, token), options.PollInterval, stopping),
            LoopAsync(token => PumpControlAsync(handOver, token), options.PollInterval / 2, stopping));
        await Task.WhenAll(_underWay.Values.SelectMany(blocks => blocks)).ConfigureAwait(Quietly);
    }

    private Task LoopAsync(Func<CancellationToken, Task<bool>> round, TimeSpan idle, CancellationToken stopping) => PumpLoop.RunAsync(
        round, idle, bell, options.Chance, time, (exception, wait) => Log.HandOverFailed(logger, exception, wait), stopping);

    /// <summary>Sends off one block of each lane; false where nothing was due or on its way.</summary>
    private async Task<bool> RoundAsync(IHandOverQueue handOver, CancellationToken stopping)
    {
        // A pause must arrive before more work does.
        var worked = await PumpControlAsync(handOver, stopping);
        foreach (var lane in await handOver.LanesAsync(stopping))
        {
            if (target.RecognisesJobs && !_offered.ContainsKey(lane))
            {
                // Somebody may have ended between taking a block and handing it over; what did arrive is recognised
                await handOver.OfferAgainAsync(lane, int.MaxValue, stopping);
                _offered[lane] = time.GetTimestamp();
            }

            var underWay = UnderWay(lane);
            if (underWay.Count == (target.RecognisesJobs ? MostUnderWay : 1))
            {
                await underWay.Dequeue();
            }

            if (links.AddTo(await OfferAsync(handOver, lane, stopping)) is { } block)
            {
                underWay.Enqueue(SubmitAsync(handOver, lane, block, underWay.LastOrDefault(Task.CompletedTask), stopping));
                _offered[lane] = time.GetTimestamp();
                worked = true;
            }
            else if (underWay.TryDequeue(out var oldest))
            {
                await oldest;
                _offered[lane] = time.GetTimestamp();
                worked = true;
            }
            else if (target.RecognisesJobs && time.GetElapsedTime(_offered[lane]) >= Quiet)
            {
                _offered[lane] = time.GetTimestamp();
                await handOver.OfferAgainAsync(lane, 1, stopping);
                worked = true;
            }
        }

        return worked;
    }

    private Queue<Task> UnderWay(string lane)
    {
        if (!_underWay.TryGetValue(lane, out var blocks))
        {
            _underWay[lane] = blocks = [];
        }

        return blocks;
    }

    private async Task<SendBlock?> OfferAsync(IHandOverQueue handOver, string lane, CancellationToken stopping)
    {
        try
        {
            return await handOver.OfferAsync(new(lane, options.ClaimSize, Lease), Window, stopping);
        }
        catch
        {
            // A block may have been taken all the same, and would wait for the end of its lease
            _offered.Remove(lane);
            throw;
        }
    }

    /// <summary>One at a time, so that each word arrives once and in its order; who comes meanwhile waits for the same.</summary>
    private Task<bool> PumpControlAsync(IHandOverQueue handOver, CancellationToken stopping)
    {
        lock (_lock)
        {
            return _telling is { IsCompleted: false } ? _telling : _telling = TellAsync(handOver, stopping);
        }
    }

    private async Task<bool> TellAsync(IHandOverQueue handOver, CancellationToken stopping)
    {
        var worked = false;
        while (await handOver.ReadControlAsync(stopping) is { } next)
        {
            await target.ControlAsync(next.Control, stopping);
            await handOver.AcknowledgeControlAsync(next.Sequence, stopping);
            worked = true;
        }

        return worked;
    }

    /// <summary>Hands one block over.</summary>
    /// <param name="handOver">The deliveries.</param>
    /// <param name="lane">Their lane.</param>
    /// <param name="block">The block.</param>
    /// <param name="before">Hands the block before it over: what that one heard of the queue over there is older.</param>
    /// <param name="stopping">Ends it.</param>
    private async Task SubmitAsync(IHandOverQueue handOver, string lane, SendBlock block, Task before, CancellationToken stopping)
    {
        var (fresh, lost) = (block, block.Jobs.Where(IsLost).ToList());
        if (lost.Count > 0)
        {
            await handOver.CompleteAsync(block.Fence, [.. lost.Select(Batches.Unanswered)], stopping);
            fresh = block with { Jobs = [.. block.Jobs.Where(job => !IsLost(job))] };
        }

        var started = time.GetTimestamp();
        var silent = false;
        var batches = new Stack<IReadOnlyList<SendJob>>(Batches.OfOneContent(fresh).Reverse());
        while (batches.TryPop(out var jobs))
        {
            var batch = Batches.Of(lane, await QueueOfAsync(handOver, lane, stopping), jobs);
            var (answer, failures) = await SubmitAsync(handOver, batch, started, stopping);
            silent |= failures > 0;
            if (answer.Succeeded)
            {
                await before.ConfigureAwait(Quietly);
                await HearAsync(handOver, lane, answer.Value, stopping);
            }
            else if (answer.Problem.Kind == ProblemKind.Unavailable)
            {
                await handOver.CompleteAsync(block.Fence, [.. jobs.Select(Batches.Unanswered)], stopping);
            }
            else if (jobs.Count == 1)
            {
                Log.HandOverRefused(logger, jobs[0].JobId.Text, answer.Problem.Detail);
                await handOver.CompleteAsync(block.Fence, [Batches.Refused(jobs[0], answer.Problem)], stopping);
            }
            else
            {
                // Too large, or one is to blame: in the end that one stands alone
                batches.Push([.. jobs.Skip(jobs.Count / 2)]);
                batches.Push([.. jobs.Take(jobs.Count / 2)]);
            }
        }

        if (silent && target.RecognisesJobs)
        {
            // What it has it will recognise
            await handOver.OfferAgainAsync(lane, int.MaxValue, stopping);
        }
    }

    /// <summary>
    /// Submits until there is an answer; gives how often there was none. Unavailable is the answer where nobody knows whether the jobs
    /// arrived and they must not be handed over again. It throws once the lease is over.
    /// </summary>
    private async Task<(Result<string> Answer, int Failures)> SubmitAsync(
        IHandOverQueue handOver, JobBatch batch, long started, CancellationToken stopping)
    {
        for (var failures = 0; ;)
        {
            Exception failure;
            try
            {
                if (failures > 0)
                {
                    await PumpControlAsync(handOver, stopping);
                }

                var answer = await target.SubmitAsync(batch, stopping);
                if (answer.Succeeded || answer.Problem.Kind != ProblemKind.Unavailable)
                {
                    return (answer, failures);
                }

                failure = new MailMarketingException(answer.Problem.Detail);
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                if (MustNotRepeat(batch.Policy))
                {
                    return (Problem.Unavailable(exception.Message), failures);
                }

                (failure, batch) = (exception, Batches.Again(batch));
            }

            // It may have arrived all the same, so the jobs stay handed over: the same batch again is recognised there.
            if (time.GetElapsedTime(started) >= Lease)
            {
                Log.HandOverGivenUp(logger, batch.Jobs.Count);
                throw failure;
            }

            var wait = Jitter.Exponential(++failures, LongestDelay, options.Chance());
            Log.HandOverFailed(logger, failure, wait);
            await Task.Delay(wait, time, stopping);
        }
    }

    /// <summary>Handed over before and never reported on, to a sending side that would not recognise it.</summary>
    private bool IsLost(SendJob job) => job.HandedOver > 0 && MustNotRepeat(job.Policy);

    private bool MustNotRepeat(SendPolicy policy) => !target.RecognisesJobs && policy == SendPolicy.AtMostOnce;

    /// <summary>The queue that answered last, to this process or to one before it.</summary>
    private async Task<string?> QueueOfAsync(IHandOverQueue handOver, string lane, CancellationToken stopping)
    {
        if (!_incarnations.TryGetValue(lane, out var known) && await handOver.HeardAsync(lane, stopping) is { } heard)
        {
            _incarnations[lane] = known = heard;
        }

        return known;
    }

    /// <summary>Learns which queue answered.</summary>
    private async Task HearAsync(IHandOverQueue handOver, string lane, string incarnation, CancellationToken stopping)
    {
        if (!target.RecognisesJobs || _incarnations.GetValueOrDefault(lane) == incarnation)
        {
            return;
        }

        // Nothing else comes before it: a new queue knows of nobody who withdrew
        for (var failures = 0; ;)
        {
            try
            {
                if (await handOver.HearAsync(lane, incarnation, stopping))
                {
                    Log.OfferedAgain(logger, lane);
                }

                _incarnations[lane] = incarnation;
                return;
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                var wait = Jitter.Exponential(++failures, LongestDelay, options.Chance());
                Log.HandOverFailed(logger, exception, wait);
                await Task.Delay(wait, time, stopping);
            }
        }
    }
}

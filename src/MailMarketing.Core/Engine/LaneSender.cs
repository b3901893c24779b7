using Microsoft.Extensions.Logging;

namespace MailMarketing.Engine;

/// <summary>Sends one lane: claim, render, mark, send, complete, until it is told to stop.</summary>
internal sealed class LaneSender(
    string lane,
    ISendQueue queue,
    SliceSender slices,
    SliceRenderer renderer,
    ResultWriter writer,
    LaneCredentials credentials,
    LaneGate gate,
    Func<GatewayOptions> gatewayOptions,
    EngineOptions options,
    WorkBell bell,
    TimeProvider time,
    ILogger logger)
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    // Where a repeat is recognised, the gateway need not wait until the store has written the last answers down: so many claims may be open
    private const int Ahead = 4;

    // People who stop something wait a second at most until nothing of it leaves: what was marked longer ago is given back and asked for again
    private static readonly TimeSpan OldestMark = TimeSpan.FromMilliseconds(300);

    private readonly InFlight _inFlight = new();

    /// <summary>Runs until <paramref name="stopping"/>, then waits for what is on its way.</summary>
    /// <param name="stopping">No more claims; what is not marked is given back.</param>
    /// <param name="hard">The host's deadline passed: even what is on its way is abandoned.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken hard)
    {
        Log.LaneStarted(logger, lane);
        for (var failures = 0; !stopping.IsCancellationRequested;)
        {
            TimeSpan wait;
            var ring = bell.Next;
            try
            {
                wait = await StepAsync(stopping, hard);
                failures = 0;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                wait = Jitter.Exponential(++failures, LongestDelay, options.Chance());
                Log.LaneFailed(logger, exception, lane, wait);
            }

            if (wait > TimeSpan.Zero)
            {
                await WorkBell.WaitAsync(wait, time, failures == 0 ? ring : default, stopping);
            }
        }

        await _inFlight.AllAsync();
        Log.LaneStopped(logger, lane);
    }

    /// <summary>One claim and its work; gives how long to wait before the next.</summary>
    private async Task<TimeSpan> StepAsync(CancellationToken stopping, CancellationToken hard)
    {
        var current = gatewayOptions();
        await credentials.RefreshAsync(stopping);

        // Where a repeat is recognised by its key, claiming marks too: one write less for each. Then only as much is claimed as leaves at once
        var marks = current.HonoursIdempotencyKeys;
        var most = marks ? Math.Min(slices.Size, options.ClaimSize) : options.ClaimSize;
        if (marks)
        {
            await _inFlight.ToWriteAsync(most, Ahead * most, stopping);
            await _inFlight.ToSendAsync(slices.Part, slices.Size + slices.Part, stopping);
        }

        var (count, isProbe, nextIn) = gate.Ask(most, current.PerSecond);
        MailMarketingTelemetry.Lane(lane, gate.IsOpen);
        if (count == 0)
        {
            return nextIn > options.PollInterval ? options.PollInterval : Max(nextIn, TimeSpan.FromMilliseconds(1));
        }

        // Not cancelled by stopping: a claim that committed unseen would wait for its lease to end.
        if (await queue.ClaimAsync(new(lane, count, options.Lease) { Mark = marks }, hard) is not { } block)
        {
            return options.PollInterval;
        }

        gate.Take(block.Jobs.Count);
        await WorkAsync(block, marks, isProbe, current, stopping, hard);
        return TimeSpan.Zero;
    }

    private async Task WorkAsync(
        SendBlock block, bool isMarked, bool isProbe, GatewayOptions current, CancellationToken stopping, CancellationToken hard)
    {
        var lease = new LeaseKeeper(queue, lane, block, options.Lease, time, logger);
        var (results, claimed) = (new BlockResults(time), time.GetTimestamp());

        // What still is the worker's and was not marked, in case the rest cannot be sent.
        var rest = new Queue<SendJob>(block.Jobs.Count);
        foreach (var job in block.Jobs.OrderBy(job => job.Ambiguous))
        {
            if (OutcomePolicy.BeforeSending(job, current, time.GetUtcNow()) is { } end)
            {
                results.Add(end);
            }
            else
            {
                rest.Enqueue(job);
            }
        }

        // What may have killed a worker is tried with nothing else on its way, so that no other message looks guilty
        var areSuspects = block.Jobs[0].Crashes > 0;
        try
        {
            if (areSuspects && !_inFlight.IsEmpty)
            {
                await _inFlight.AllAsync();
                if (isMarked && !isProbe)
                {
                    // That took a while, and a mark must not be older than what people may have stopped: they are claimed again
                    return;
                }
            }

            for (var isFirst = true; rest.Count > 0 && !lease.IsLost && (isProbe || gate.IsOpen); isFirst = false)
            {
                stopping.ThrowIfCancellationRequested();
                var size = isMarked ? slices.Part : slices.Size;
                var count = Math.Min(size, rest.Count);
                await (isMarked ? _inFlight.ToSendAsync(count, slices.Size + size, stopping) : _inFlight.ToWriteAsync(count, 2 * size, stopping));
                if (isMarked && !isFirst && time.GetElapsedTime(claimed) > OldestMark)
                {
                    return;
                }

                if (isProbe || gate.IsOpen)
                {
                    await SendSliceAsync(block.Fence, rest, size, isMarked, lease, results, current, hard);
                }
            }
        }
        finally
        {
            if (results.Any)
            {
                lease.Hold();
                _inFlight.Add(Task.CompletedTask, results.WrittenBy(WriteAsync(block.Fence, results, lease, current, hard)), 0);
            }

            if (!lease.IsLost)
            {
                await writer.ReleaseAsync(block.Fence, [.. rest.Select(j => j.QueueId)], hard);
            }

            await lease.DropAsync();
        }

        if (areSuspects)
        {
            await _inFlight.AllAsync();
        }
    }

    /// <summary>Renders and, unless that is done, marks the next slice and lets it go. Where marking fails its jobs stay in <paramref name="rest"/>: nothing of them left.</summary>
    private async Task SendSliceAsync(
        long fence, Queue<SendJob> rest, int size, bool isMarked, LeaseKeeper lease, BlockResults results, GatewayOptions current,
        CancellationToken hard)
    {
        // Those that got no answer before go apart: they may get none again, and keep others waiting
        var prepared = Render([.. rest.TakeWhile(job => job.Ambiguous == rest.Peek().Ambiguous).Take(size)]);
        for (var i = 0; i < prepared.Length; i++)
        {
            rest.Dequeue();
        }

        results.Add(prepared.Where(p => p.Message is null).Select(p => OutcomePolicy.Unsendable(p.Job, p.Error!)));
        var sendable = prepared.Where(p => p.Message is not null).ToList();
        if (sendable.Count > 0 && !isMarked)
        {
            await MarkAsync(fence, sendable, rest, hard);
        }

        if (sendable.Count == 0)
        {
            return;
        }

        var sending = slices.SendAsync(sendable, credentials.Current, current, hard);
        if (isMarked)
        {
            // Marked together, and so written down together
            results.Add(sending, sendable.Count);
            _inFlight.Add(sending, results.Written, sendable.Count);
        }
        else
        {
            var slice = new BlockResults(time);
            slice.Add(sending, sendable.Count);
            lease.Hold();
            _inFlight.Add(sending, WriteAsync(fence, slice, lease, current, hard), sendable.Count);
        }
    }

    private PreparedMessage[] Render(IReadOnlyList<SendJob> jobs)
    {
        try
        {
            return renderer.Render(jobs);
        }
        catch (OutOfMemoryException)
        {
            // They are given back, and come again with fewer others
            slices.Shrink();
            throw;
        }
    }

    /// <summary>Marks messages; those that may not be sent leave the list.</summary>
    private async Task MarkAsync(long fence, List<PreparedMessage> sendable, Queue<SendJob> rest, CancellationToken hard)
    {
        IReadOnlySet<long> marked;
        try
        {
            marked = await queue.MarkAsync(fence, [.. sendable.Select(p => p.Job.QueueId)], hard);
        }
        catch
        {
            // Marked or not, nobody knows; but nothing was sent, and giving back takes a mark back too.
            sendable.ForEach(p => rest.Enqueue(p.Job));
            throw;
        }

        sendable.RemoveAll(p => !marked.Contains(p.Job.QueueId));
    }

    /// <summary>Waits for the answers and writes them down.</summary>
    private async Task WriteAsync(long fence, BlockResults results, LeaseKeeper lease, GatewayOptions current, CancellationToken hard)
    {
        try
        {
            var all = await results.AllAsync();
            slices.Observe(results.Sent, results.Elapsed, current);
            await writer.CompleteAsync(fence, all, hard);
        }
        catch (Exception exception)
        {
            Log.SliceFailed(logger, exception, lane);
        }
        finally
        {
            await lease.DropAsync();
        }
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}

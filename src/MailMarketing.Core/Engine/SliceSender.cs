using Microsoft.Extensions.Logging;

namespace MailMarketing.Engine;

/// <summary>Gives marked slices to the gateway and judges its answers.</summary>
internal sealed class SliceSender(string lane, IEmailGateway gateway, LaneGate gate, EngineOptions engine, TimeProvider time, ILogger logger)
{
    private const int Parts = 4;
    private const int SmallestPart = 32;

    private readonly SliceSizer _sizer = new();
    private volatile int _fitting = int.MaxValue;

    /// <summary>How many messages to mark next.</summary>
    public int Size => _sizer.Size;

    /// <summary>How many messages of a marked block to render at once: a few such parts are on their way while the next is made.</summary>
    public int Part => Math.Min(Size, Math.Max(SmallestPart, Size / Parts));

    /// <summary>Learns how long messages take that were on their way together.</summary>
    public void Observe(int count, TimeSpan elapsed, GatewayOptions options)
    {
        if (count > 0)
        {
            var largest = options.HonoursIdempotencyKeys ? SliceSizer.LargestKeyed : SliceSizer.Largest;
            _sizer.Observe(count, elapsed, Math.Min(largest, _fitting));
        }
    }

    /// <summary>Has the next slices be smaller than the last one, which memory was too little for.</summary>
    public void Shrink() => _sizer.Shrink();

    /// <summary>Sends and says what becomes of each job. Throws only where <paramref name="hard"/> cut it short.</summary>
    public async Task<IReadOnlyList<SendResult>> SendAsync(
        IReadOnlyList<PreparedMessage> slice, GatewayCredentials? credentials, GatewayOptions options, CancellationToken hard)
    {
        using var activity = MailMarketingTelemetry.Source.StartActivity("send slice");
        activity?.SetTag("lane", lane).SetTag("count", slice.Count);
        var started = time.GetTimestamp();
        var answers = await AskAsync(slice, credentials, hard);
        var elapsed = time.GetElapsedTime(started);
        _fitting = SliceSizer.Fitting(slice);
        MailMarketingTelemetry.Slice(lane, elapsed);

        var results = new SendResult[slice.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = Judge(slice[i].Job, answers[i], options);
        }

        return results;
    }

    private async Task<IReadOnlyList<GatewayResult>> AskAsync(
        IReadOnlyList<PreparedMessage> slice, GatewayCredentials? credentials, CancellationToken hard)
    {
        IReadOnlyList<GatewayResult> answers;
        try
        {
            answers = await gateway.SendAsync([.. slice.Select(p => p.Message!)], credentials, hard);
        }
        catch (Exception exception) when (!hard.IsCancellationRequested)
        {
            Log.GatewayFailed(logger, exception, lane, slice.Count);
            return [.. slice.Select(_ => Unanswered("The gateway failed without an answer."))];
        }

        if (answers.Count == slice.Count)
        {
            return answers;
        }

        // Which answer belongs to which message cannot be told either.
        Log.AnswersMissing(logger, lane, answers.Count, slice.Count);
        return [.. slice.Select(_ => Unanswered("The gateway did not answer for every message."))];
    }

    private SendResult Judge(SendJob job, GatewayResult? answer, GatewayOptions options)
    {
        answer ??= Unanswered("The gateway did not answer.");
        MailMarketingTelemetry.Attempt(lane, answer.Outcome);
        if (gate.Record(answer))
        {
            var status = gate.Status;
            if (status.State == GateState.Open)
            {
                Log.LaneOpened(logger, lane);
            }
            else
            {
                Log.LaneClosed(logger, lane, status.State, status.Reason);
            }
        }

        if (answer.Outcome == GatewayOutcome.KeyConflict)
        {
            Log.KeyConflict(logger, lane, job.JobId.Text, answer.Reason);
        }

        return OutcomePolicy.After(
            job, job.Status.Attempts + 1, answer, options, time.GetUtcNow(), engine.Chance(), gate.OthersPass);
    }

    private static GatewayResult Unanswered(string reason) => new(GatewayOutcome.Ambiguous, reason);
}

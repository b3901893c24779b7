using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailMarketing.Engine;

/// <summary>Hands a marketing side's deliveries, and what changes of them, over to the sending side in another process.</summary>
internal sealed class HandOverPump(
    ISendQueue queue, IEnumerable<Lane> lanes, IRemoteSender target, EngineOptions options, TimeProvider time, ILogger<HandOverPump> logger)
    : BackgroundService
{
    private const int Window = 20_000;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, string> _incarnations = new(StringComparer.Ordinal);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (queue is not IHandOverQueue handOver)
        {
            return;
        }

        await PumpLoop.RunAsync(
            token => RoundAsync(handOver, token),
            options.PollInterval,
            time,
            (exception, wait) => Log.HandOverFailed(logger, exception, wait),
            stoppingToken);
    }

    /// <summary>One block of each lane; false where nothing was due.</summary>
    private async Task<bool> RoundAsync(IHandOverQueue handOver, CancellationToken stopping)
    {
        var worked = false;
        foreach (var lane in lanes)
        {
            // A pause must arrive before more work does.
            worked |= await PumpControlAsync(handOver, stopping);
            if (await handOver.OfferAsync(new(lane.Name, options.ClaimSize, Lease), Window, stopping) is { } block)
            {
                await SubmitAsync(handOver, lane.Name, block, stopping);
                worked = true;
            }
        }

        return worked;
    }

    private async Task<bool> PumpControlAsync(IHandOverQueue handOver, CancellationToken stopping)
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

    private async Task SubmitAsync(IHandOverQueue handOver, string lane, SendBlock block, CancellationToken stopping)
    {
        var started = time.GetTimestamp();
        var failed = false;
        foreach (var batch in Batches(lane, block))
        {
            for (var failures = 1; ; failures++)
            {
                try
                {
                    if (failures > 1)
                    {
                        await PumpControlAsync(handOver, stopping);
                    }

                    var incarnation = await target.SubmitAsync(batch, stopping);
                    failed |= failures > 1 | IsNew(lane, incarnation);
                    break;
                }
                catch (Exception exception) when (!stopping.IsCancellationRequested)
                {
                    // It may have arrived all the same, so the jobs stay handed over: the same batch again is recognised there.
                    if (time.GetElapsedTime(started) >= Lease)
                    {
                        Log.HandOverGivenUp(logger, block.Jobs.Count);
                        throw;
                    }

                    var wait = Jitter.Exponential(failures, LongestDelay);
                    Log.HandOverFailed(logger, exception, wait);
                    await Task.Delay(wait, time, stopping);
                }
            }
        }

        if (failed)
        {
            // Silence may have been a queue that was lost; what it still knows it will recognise.
            Log.OfferedAgain(logger, lane);
            await handOver.OfferAgainAsync(lane, stopping);
        }
    }

    private bool IsNew(string lane, string incarnation)
    {
        var known = _incarnations.GetValueOrDefault(lane);
        _incarnations[lane] = incarnation;
        return known is not null && known != incarnation;
    }

    private static IEnumerable<JobBatch> Batches(string lane, SendBlock block) => block.Jobs
        .GroupBy(job => (job.CampaignId, job.Policy, Content: new ByReference(job.Content)))
        .Select(group => new JobBatch
        {
            CampaignId = group.Key.CampaignId,
            Lane = lane,
            Policy = group.Key.Policy,
            Content = group.Key.Content.Value,
            Jobs = [.. group.Select(job => new HandedJob
            {
                JobId = job.JobId,
                Round = job.Status.Round,
                Attempts = job.Status.Attempts,
                IdempotencyKey = job.IdempotencyKey,
                NotAfter = job.NotAfter,
                Fields = job.Fields,
            })],
        });

    /// <summary>Jobs of a block share their content's instance; comparing whole templates for each job would cost more.</summary>
    private readonly struct ByReference(FrozenContent value) : IEquatable<ByReference>
    {
        public FrozenContent Value { get; } = value;

        public bool Equals(ByReference other) => ReferenceEquals(Value, other.Value);

        public override bool Equals(object? obj) => obj is ByReference other && Equals(other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Value);
    }
}

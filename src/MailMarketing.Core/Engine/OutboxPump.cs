using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailMarketing.Engine;

/// <summary>Carries a sending side's reports to the marketing side in another process; a report is forgotten only once it arrived.</summary>
internal sealed class OutboxPump(
    ISendQueue queue, IEnumerable<IDeliveryReporter> reporters, EngineOptions options, TimeProvider time, ILogger<OutboxPump> logger)
    : BackgroundService
{
    private const int Block = 500;

    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(60);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // In one process the delivery rows are the queue, and there is nobody to report to.
        if (queue is not ISendIntake intake || reporters.LastOrDefault() is not { } reporter)
        {
            return;
        }

        for (var failures = 0; !stoppingToken.IsCancellationRequested;)
        {
            TimeSpan wait;
            try
            {
                wait = await PumpAsync(intake, reporter, stoppingToken) ? TimeSpan.Zero : options.PollInterval;
                failures = 0;
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                wait = Jitter.Exponential(++failures, LongestDelay);
                Log.ReportFailed(logger, exception, wait);
            }

            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static async Task<bool> PumpAsync(ISendIntake intake, IDeliveryReporter reporter, CancellationToken cancellationToken)
    {
        var batch = await intake.ReadReportsAsync(Block, cancellationToken);
        if (batch.Events.Count == 0)
        {
            return false;
        }

        await reporter.ReportAsync(batch.Incarnation, batch.Events, cancellationToken);
        await intake.AcknowledgeReportsAsync(batch.UpTo, cancellationToken);
        return true;
    }
}

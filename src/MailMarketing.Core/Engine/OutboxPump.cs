using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailMarketing.Engine;

/// <summary>Carries a sending side's reports to the marketing side in another process; a report is forgotten only once it arrived.</summary>
internal sealed class OutboxPump(
    ISendQueue queue, IEnumerable<IDeliveryReporter> reporters, EngineOptions options, TimeProvider time, ILogger<OutboxPump> logger)
    : BackgroundService
{
    private const int Block = 500;

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    /// <summary>Reports until <paramref name="stopping"/>.</summary>
    internal async Task RunAsync(CancellationToken stopping)
    {
        // In one process the delivery rows are the queue, and there is nobody to report to.
        if (queue is not ISendIntake intake || reporters.LastOrDefault() is not { } reporter)
        {
            return;
        }

        await PumpLoop.RunAsync(
            token => PumpAsync(intake, reporter, token),
            options.PollInterval,
            null,
            options.Chance,
            time,
            (exception, wait) => Log.ReportFailed(logger, exception, wait),
            stopping);
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

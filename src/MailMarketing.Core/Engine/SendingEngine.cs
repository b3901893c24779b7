using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailMarketing.Engine;

/// <summary>Sends what is due, through every lane at once.</summary>
internal sealed class SendingEngine(
    IServiceProvider services,
    IEnumerable<Lane> lanes,
    ISendQueue queue,
    SliceRenderer renderer,
    LaneGates gates,
    EngineOptions options,
    WorkBell bell,
    TimeProvider time,
    ILogger<SendingEngine> logger) : BackgroundService
{
    // Apart from the token that stops claiming: stopping must never keep a result from being written down.
    private readonly CancellationTokenSource _hard = new();

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await using var deadline = cancellationToken.Register(_hard.Cancel);
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _hard.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    /// <summary>Sends until <paramref name="stopping"/>, then waits for what is on its way.</summary>
    internal Task RunAsync(CancellationToken stopping)
    {
        var hard = _hard.Token;
        return Task.WhenAll(lanes.Select(lane => Sender(lane).RunAsync(stopping, hard)));
    }

    private LaneSender Sender(Lane lane)
    {
        var gateway = services.GetRequiredKeyedService<IEmailGateway>(lane.Name);
        var gate = gates.Of(lane.Name);
        return new LaneSender(
            lane.Name,
            queue,
            new SliceSender(lane.Name, gateway, gate, options, time, logger),
            renderer,
            new ResultWriter(lane.Name, queue, options, time, logger),
            new LaneCredentials(lane.Name, gateway, services.GetService<ICredentialSource>(), gate, time),
            gate,
            () => lane.Options(services),
            options,
            bell,
            time,
            logger);
    }
}

using Microsoft.Extensions.Hosting;

namespace MailMarketing;

/// <summary>Stands in for a worker that this host has no use for.</summary>
internal sealed class NoWorker : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

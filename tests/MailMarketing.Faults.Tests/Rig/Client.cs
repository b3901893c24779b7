using ReferenceHost.Tests;

namespace MailMarketing.Faults.Tests.Rig;

/// <summary>An email client, with a proxy on each of its ways out.</summary>
internal sealed class Client(int port, int gateway, int redis, int web) : IAsyncDisposable
{
    public int Port => port;

    public FaultProxy ToGateway { get; } = new(gateway);

    public FaultProxy ToRedis { get; } = new(redis);

    public FaultProxy ToWeb { get; } = new(web);

    /// <summary>Its process; null while it does not run.</summary>
    public HostProcess? Process { get; private set; }

    public async Task StartAsync(string[] settings, IReadOnlyDictionary<string, string>? environment = null) => (Process, _) = await HostProcess.StartAsync(
        "email-client", environment,
    [
        .. settings, $"EmailClient:Url=http://127.0.0.1:{port}", $"MockGateway:Url=http://127.0.0.1:{ToGateway.Port}",
        $"Web:Url=http://127.0.0.1:{ToWeb.Port}", $"ConnectionStrings:EmailClient=127.0.0.1:{ToRedis.Port}",
    ]);

    public async Task KillAsync()
    {
        if (Process is { } process)
        {
            Process = null;
            await process.DisposeAsync();
        }
    }

    /// <summary>Asks it to end; gives its exit code.</summary>
    public async Task<int> StopAsync()
    {
        var code = await Process!.StopAsync();
        await KillAsync();
        return code;
    }

    public void Heal()
    {
        foreach (var proxy in new[] { ToGateway, ToRedis, ToWeb })
        {
            proxy.Heal();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        foreach (var proxy in new[] { ToGateway, ToRedis, ToWeb })
        {
            await proxy.DisposeAsync();
        }
    }
}

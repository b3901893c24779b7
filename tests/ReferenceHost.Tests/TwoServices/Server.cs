using System.Diagnostics;
using System.Globalization;

namespace ReferenceHost.Tests.TwoServices;

/// <summary>A PostgreSQL or Redis server of a test's own, by the scripts that people use too.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly Process _script;

    private Server(Process script, int port, string says) => (_script, Port, Says) = (script, port, says);

    public int Port { get; }

    /// <summary>What the script said once the server answered; PostgreSQL's is the connection string.</summary>
    public string Says { get; }

    public static async Task<Server> StartAsync(string name)
    {
        var port = Topology.FreePort();
        var start = new ProcessStartInfo(
            "bash", [Path.Combine(AppContext.BaseDirectory, $"{name}.sh"), port.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["FSYNC"] = "on" },
        };
        var script = Process.Start(start)!;
        return new Server(script, port, await ReadAsync(script));
    }

    /// <summary>Ends the server as a crash does, and starts it again with what it had written down.</summary>
    public async Task CrashAsync()
    {
        await _script.StandardInput.WriteLineAsync("crash");
        await ReadAsync(_script);
    }

    public async ValueTask DisposeAsync()
    {
        _script.StandardInput.Close();
        await _script.WaitForExitAsync();
        _script.Dispose();
    }

    private static async Task<string> ReadAsync(Process script) => await script.StandardOutput.ReadLineAsync()
        ?? throw new InvalidOperationException("The server did not start; what it said is above.");
}

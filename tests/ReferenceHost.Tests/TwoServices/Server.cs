using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ReferenceHost.Tests.TwoServices;

/// <summary>A PostgreSQL or Redis server of a test's own, by the scripts that people use too.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly Process _script;

    private Server(Process script, int port, string says) => (_script, Port, Says) = (script, port, says);

    public int Port { get; }

    /// <summary>The script's process.</summary>
    public int ProcessId => _script.Id;

    /// <summary>What the script said once the server answered; PostgreSQL's is the connection string.</summary>
    public string Says { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="name">The script's.</param>
    /// <param name="within">A script, and its arguments, that runs this one.</param>
    public static async Task<Server> StartAsync(string name, params string[] within)
    {
        var port = Topology.FreePort();
        string[] scripts = [.. within, Path.Combine(AppContext.BaseDirectory, $"{name}.sh")];
        var start = new ProcessStartInfo("bash", [.. scripts, port.ToString(CultureInfo.InvariantCulture)])
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

    /// <summary>Whether somebody listens.</summary>
    public async Task<bool> ListensAsync()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
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

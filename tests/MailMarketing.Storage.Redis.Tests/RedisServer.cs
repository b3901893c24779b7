using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

[assembly: AssemblyFixture(typeof(MailMarketing.Storage.Redis.Tests.RedisServer))]

namespace MailMarketing.Storage.Redis.Tests;

/// <summary>A Redis server in a temporary folder; one for all tests, and one more for a test that harms its own.</summary>
public sealed class RedisServer : IAsyncLifetime
{
    private static RedisServer? _shared;
    private readonly int _port = FreePort();
    private Process? _script;

    /// <summary>The server of all tests. Each test has a prefix of its own there.</summary>
    public static string Shared => _shared!.Configuration;

    /// <summary>How to reach it, once it runs.</summary>
    public string Configuration => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port},connectTimeout=1000,asyncTimeout=2000");

    public async ValueTask InitializeAsync()
    {
        await StartAsync();
        _shared = this;
    }

    /// <summary>Starts it, with settings as on the command line of redis-server.</summary>
    public async Task StartAsync(params string[] settings)
    {
        var port = _port.ToString(CultureInfo.InvariantCulture);
        _script = Process.Start(new ProcessStartInfo("bash", [Path.Combine(AppContext.BaseDirectory, "redis.sh"), port, .. settings])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        await ReadAsync();
    }

    /// <summary>Ends the server as a crash does, and starts it again.</summary>
    public async Task CrashAsync()
    {
        await _script!.StandardInput.WriteLineAsync("crash");
        await ReadAsync();
    }

    /// <summary>A connection that may do everything.</summary>
    public static async Task<ConnectionMultiplexer> ConnectAsync(string configuration) =>
        await ConnectionMultiplexer.ConnectAsync($"{configuration},allowAdmin=true");

    public async ValueTask DisposeAsync()
    {
        if (_script is not null)
        {
            _script.StandardInput.Close();
            await _script.WaitForExitAsync();
            _script.Dispose();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task ReadAsync() => _ = await _script!.StandardOutput.ReadLineAsync()
        ?? throw new InvalidOperationException("Redis did not start; what it said is above.");
}

using System.Diagnostics;

[assembly: AssemblyFixture(typeof(MailMarketing.Storage.Postgres.Tests.PostgresServer))]

namespace MailMarketing.Storage.Postgres.Tests;

/// <summary>A PostgreSQL server in a temporary folder; one for all tests, and one more for a test that crashes its own.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private static PostgresServer? _shared;
    private Process? _script;
    private string _connectionString = "";

    /// <summary>The server of all tests. Each test has a schema of its own there.</summary>
    public static string ConnectionString => _shared!._connectionString;

    public string OwnConnectionString => _connectionString;

    public async ValueTask InitializeAsync()
    {
        await StartAsync(durable: false);
        _shared = this;
    }

    /// <summary>Starts the server; only a durable one flushes to the disk.</summary>
    public async Task StartAsync(bool durable)
    {
        _script = Process.Start(new ProcessStartInfo("bash", Path.Combine(AppContext.BaseDirectory, "postgres.sh"))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["FSYNC"] = durable ? "on" : "off" },
        })!;
        _connectionString = await ReadAsync();
    }

    /// <summary>Ends the server as a crash does, and starts it again.</summary>
    public async Task CrashAsync()
    {
        await _script!.StandardInput.WriteLineAsync("crash");
        await ReadAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_script is not null)
        {
            _script.StandardInput.Close();
            await _script.WaitForExitAsync();
            _script.Dispose();
        }
    }

    private async Task<string> ReadAsync() => await _script!.StandardOutput.ReadLineAsync()
        ?? throw new InvalidOperationException("PostgreSQL did not start; what it said is above.");
}

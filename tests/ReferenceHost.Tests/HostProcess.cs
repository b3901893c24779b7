using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;

namespace ReferenceHost.Tests;

/// <summary>The built host as a process of its own, as people run it.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan _deadline = TimeSpan.FromMinutes(2);

    private static readonly string _host = typeof(HostProcess).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "ReferenceHost").Value!;

    public const string ApiToken = "a-token-for-tests-of-32-letters!";

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly ConcurrentQueue<string> _output = new();
    private readonly string _sign;
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment, string last = "")
    {
        _sign = $"{last} listens on ";
        var start = new ProcessStartInfo("dotnet", [_host, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Tests sign in as programs do, and ask more often than people
        start.Environment["MailMarketing__Admin__ApiToken"] = ApiToken;
        start.Environment["MailMarketing__Limits__ApiPerMinute"] = "1000000";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => _errors.Enqueue(line.Data ?? "");
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>What it wrote so far.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>How many lines it wrote that contain something.</summary>
    public int Said(string what) => _output.Concat(_errors).Count(line => line.Contains(what, StringComparison.Ordinal));

    /// <summary>Starts the mock gateway on a free port and waits until it listens.</summary>
    public static Task<(HostProcess Process, Uri Address)> MockGatewayAsync(params string[] settings) =>
        StartAsync("mock-gateway", [.. settings.Prepend("Url=http://127.0.0.1:0").Select(setting => $"MockGateway:{setting}")]);

    /// <summary>Starts a role and waits until it listens; of several, until the last one does.</summary>
    /// <param name="role">The role's name.</param>
    /// <param name="settings">
    /// What stands below <c>MailMarketing</c>, as in <c>Web:Url=http://127.0.0.1:5050</c>, or a connection string.
    /// </param>
    public static Task<(HostProcess Process, Uri Address)> StartAsync(string role, params string[] settings) =>
        StartAsync(role, null, settings);

    /// <summary>The same with variables of its environment.</summary>
    public static async Task<(HostProcess Process, Uri Address)> StartAsync(
        string role, IReadOnlyDictionary<string, string>? environment, string[] settings)
    {
        var process = new HostProcess(
            ["--role", role, .. settings.Select(Argument)], environment, last: role == "all" ? "web" : role);
        var ended = process._process.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (await Task.WhenAny(process._address.Task, ended).WaitAsync(_deadline) == ended)
        {
            throw new InvalidOperationException($"The host ended: {string.Join('\n', process._errors)}");
        }

        return (process, await process._address.Task);
    }

    /// <summary>Ends it by SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to end, as Ctrl+C does, and waits until it has; gives the exit code.</summary>
    public async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(_deadline);
        return _process.ExitCode;
    }

    /// <summary>Sends it a signal, such as STOP.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Runs the host until it ends by itself.</summary>
    public static async Task<(int ExitCode, string Error)> RunAsync(string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        await using var process = new HostProcess(arguments, environment);
        await process._process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(_deadline);
        return (process._process.ExitCode, string.Join('\n', process._errors).Trim());
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    /// <summary>A setting as an argument of the host.</summary>
    public static string Argument(string setting) =>
        setting.StartsWith("ConnectionStrings:", StringComparison.Ordinal) ? $"--{setting}" : $"--MailMarketing:{setting}";

    private void Read(string? line)
    {
        _output.Enqueue(line ?? "");
        if (line?.StartsWith(_sign, StringComparison.Ordinal) == true)
        {
            _address.TrySetResult(new Uri(line[_sign.Length..]));
        }
    }
}

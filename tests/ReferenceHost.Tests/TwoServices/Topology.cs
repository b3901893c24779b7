using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace ReferenceHost.Tests.TwoServices;

/// <summary>Web, email client and mock gateway as processes of their own, with a folder of their own.</summary>
internal sealed class Topology : IAsyncDisposable
{
    private const string ServiceKey = "a service key of more than 32 characters";

    private readonly string _folder = Directory.CreateTempSubdirectory("mailmarketing-").FullName;
    private readonly string _web = $"http://127.0.0.1:{FreePort()}";
    private readonly string _emailClient = $"http://127.0.0.1:{FreePort()}";
    private readonly string[] _settings;
    private HostProcess? _gatewayProcess;
    private HostProcess? _emailClientProcess;
    private HostProcess? _webProcess;
    private string _gateway = "";

    private Topology(string[] settings)
    {
        _settings = settings;
        Api = new Api(new Uri(_web));
    }

    public Api Api { get; }

    public Uri EmailClient => new(_emailClient);

    private string RecordFile => Path.Combine(_folder, "record.jsonl");

    public Uri Web => new(_web);

    /// <summary>Starts all three; From and credentials are set.</summary>
    /// <param name="settings">What stands below <c>MailMarketing</c>, for all three.</param>
    public static async Task<Topology> StartAsync(params string[] settings)
    {
        var topology = await StartEmptyAsync(settings);
        await topology.Api.SetSenderAsync();
        return topology;
    }

    /// <summary>Starts all three, with nothing set.</summary>
    public static async Task<Topology> StartEmptyAsync(params string[] settings)
    {
        var topology = new Topology(settings);
        try
        {
            (topology._gatewayProcess, var gateway) = await HostProcess.StartAsync(
                "mock-gateway", ["MockGateway:Url=http://127.0.0.1:0", $"MockGateway:RecordTo={topology.RecordFile}", .. settings]);
            topology._gateway = gateway.OriginalString;
            await topology.StartEmailClientAsync();
            await topology.StartWebAsync();
            return topology;
        }
        catch
        {
            await topology.DisposeAsync();
            throw;
        }
    }

    public async Task StartEmailClientAsync() => (_emailClientProcess, _) = await HostProcess.StartAsync("email-client", Settings());

    public async Task StartWebAsync() => (_webProcess, _) = await HostProcess.StartAsync("web", Settings());

    public Task KillEmailClientAsync() => _emailClientProcess!.KillAsync();

    public Task<int> StopEmailClientAsync() => _emailClientProcess!.StopAsync();

    public Task KillWebAsync() => _webProcess!.KillAsync();

    /// <summary>What the gateway answered so far, by recipient.</summary>
    public async Task<ILookup<string, GatewayAnswer>> RecordAsync()
    {
        var lines = await File.ReadAllLinesAsync(RecordFile, TestContext.Current.CancellationToken);
        return lines.Select(GatewayAnswer.Read).ToLookup(answer => answer.To);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in new[] { _webProcess, _emailClientProcess, _gatewayProcess }.OfType<HostProcess>())
        {
            await process.DisposeAsync();
        }

        Api.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A port that nobody listens on now.</summary>
    public static int FreePort()
    {
        // Below those that systems give to outgoing connections, of which there are many here: one of them may come between
        while (true)
        {
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, RandomNumberGenerator.GetInt32(10_000, 30_000));
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // In use; the next one
            }
        }
    }

    private string[] Settings() =>
    [
        $"DataDirectory={Path.Combine(_folder, "data")}", $"Web:Url={_web}", $"EmailClient:Url={_emailClient}", $"MockGateway:Url={_gateway}",
        $"ServiceKey={ServiceKey}", "Gateway:Backoff=00:00:00.02", "Sending:Lease=00:00:02", .. _settings,
    ];
}

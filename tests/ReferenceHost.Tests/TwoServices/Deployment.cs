using System.Net.Sockets;
using System.Text;

namespace ReferenceHost.Tests.TwoServices;

/// <summary>As it is deployed: web on PostgreSQL, two email clients that share Redis, and the gateway.</summary>
internal sealed class Deployment : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mailmarketing-").FullName;
    private readonly string _web = $"http://127.0.0.1:{Topology.FreePort()}";
    private readonly string _gateway = $"http://127.0.0.1:{Topology.FreePort()}";
    private readonly string[] _clients = [$"http://127.0.0.1:{Topology.FreePort()}", $"http://127.0.0.1:{Topology.FreePort()}"];
    private readonly List<HostProcess> _emailClients = [];
    private HostProcess? _gatewayProcess;
    private HostProcess? _webProcess;

    private Deployment(Server postgres, Server redis) => (Postgres, Redis, Api) = (postgres, redis, new Api(new Uri(_web)));

    public Server Postgres { get; }

    public Server Redis { get; }

    public Api Api { get; }

    private string RecordFile => Path.Combine(_folder, "record.jsonl");

    public static async Task<Deployment> StartAsync()
    {
        var deployment = new Deployment(await Server.StartAsync("postgres"), await Server.StartAsync("redis"));
        try
        {
            (deployment._gatewayProcess, _) = await HostProcess.StartAsync("mock-gateway", deployment.Settings(0));
            await deployment.StartEmailClientsAsync();
            await deployment.StartWebAsync();
            await deployment.Api.SetSenderAsync();
            return deployment;
        }
        catch
        {
            await deployment.DisposeAsync();
            throw;
        }
    }

    public async Task KillWebAsync()
    {
        await _webProcess!.KillAsync();
        await StartWebAsync();
    }

    /// <summary>Kills the email client that web talks to, and starts it again.</summary>
    public async Task KillEmailClientAsync()
    {
        await _emailClients[0].KillAsync();
        await _emailClients[0].DisposeAsync();
        (_emailClients[0], _) = await HostProcess.StartAsync("email-client", Settings(0));
    }

    /// <summary>Redis loses everything, and the email clients are started again.</summary>
    public async Task EmptyRedisAsync()
    {
        foreach (var client in _emailClients)
        {
            await client.DisposeAsync();
        }

        _emailClients.Clear();
        using var redis = new TcpClient();
        await redis.ConnectAsync("127.0.0.1", Redis.Port, TestContext.Current.CancellationToken);
        var stream = redis.GetStream();
        await stream.WriteAsync("FLUSHALL\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        var answer = new byte[5];
        await stream.ReadExactlyAsync(answer, TestContext.Current.CancellationToken);
        Assert.Equal("+OK\r\n", Encoding.ASCII.GetString(answer));
        await StartEmailClientsAsync();
    }

    public async Task<ILookup<string, GatewayAnswer>> RecordAsync()
    {
        var lines = await File.ReadAllLinesAsync(RecordFile, TestContext.Current.CancellationToken);
        return lines.Select(GatewayAnswer.Read).ToLookup(answer => answer.To);
    }

    public async ValueTask DisposeAsync()
    {
        HostProcess?[] processes = [_webProcess, .. _emailClients, _gatewayProcess];
        foreach (var process in processes.OfType<HostProcess>())
        {
            await process.DisposeAsync();
        }

        Api.Dispose();
        await Redis.DisposeAsync();
        await Postgres.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartWebAsync() => (_webProcess, _) = await HostProcess.StartAsync("web", Settings(0, "web"));

    private async Task StartEmailClientsAsync()
    {
        for (var client = 0; client < _clients.Length; client++)
        {
            _emailClients.Add((await HostProcess.StartAsync("email-client", Settings(client))).Process);
        }
    }

    // Each node has a folder of its own, as on machines of their own
    private string[] Settings(int client, string? node = null) =>
    [
        $"DataDirectory={Path.Combine(_folder, node ?? $"client-{client}")}", $"Web:Url={_web}", $"EmailClient:Url={_clients[client]}", $"MockGateway:Url={_gateway}",
        $"MockGateway:RecordTo={RecordFile}", "MockGateway:Latency=00:00:00.02", "ServiceKey=a service key of more than 32 characters",
        "Gateway:Backoff=00:00:00.02", "Sending:Lease=00:00:05", "Web:Storage=postgres", "EmailClient:Storage=redis",
        $"ConnectionStrings:Web={Postgres.Says}", $"ConnectionStrings:EmailClient=127.0.0.1:{Redis.Port}",
    ];
}

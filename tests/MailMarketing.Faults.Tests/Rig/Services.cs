using System.Net.Sockets;
using System.Text;
using ReferenceHost.Tests;
using ReferenceHost.Tests.TwoServices;

namespace MailMarketing.Faults.Tests.Rig;

/// <summary>
/// Web on PostgreSQL, email clients on Redis and the recording mock gateway, each a process of its own with a proxy between any two of
/// them that talk. The gateway's record is out of reach of every fault.
/// </summary>
internal sealed class Services(TimeSpan latency, bool honoursKeys, int clients, string? databaseDisk = null) : IAsyncDisposable
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("mailmarketing-").FullName;
    private readonly int _web = Topology.FreePort();
    private readonly int _gateway = Topology.FreePort();
    private HostProcess? _gatewayProcess;
    private HostProcess? _webProcess;
    private readonly List<GatewayAnswer> _record = [];
    private long _recordRead;
    private int _people;
    private string? _databaseFolder;

    public bool HonoursKeys => honoursKeys;

    public Server Postgres { get; private set; } = null!;

    /// <summary>What PostgreSQL writes to, where it was given a small disk of its own.</summary>
    public SmallDisk DatabaseDisk { get; private set; } = null!;

    public Server Redis { get; private set; } = null!;

    public Api Api { get; private set; } = null!;

    public Client[] Clients { get; private set; } = [];

    public FaultProxy WebToClient { get; private set; } = null!;

    public FaultProxy WebToPostgres { get; private set; } = null!;

    /// <summary>Messages on their way to the gateway, or whose answer is.</summary>
    public int InFlight => Clients.Sum(client => client.ToGateway.InFlight);

    private string RecordFile => Path.Combine(_folder, "record.jsonl");

    public async Task StartAsync()
    {
        (Postgres, Redis) = (await StartPostgresAsync(), await Server.StartAsync("redis"));
        Clients = [.. Enumerable.Range(0, clients).Select(_ => NewClient())];
        (WebToClient, WebToPostgres) = (new(Clients[0].Port), new(Postgres.Port));
        Api = new Api(new Uri($"http://127.0.0.1:{_web}"));
        await StartGatewayAsync("202=1");
        await MendAsync();
        await Api.SetSenderAsync();
    }

    /// <summary>Heals all ways and starts whatever does not run.</summary>
    public async Task MendAsync()
    {
        WebToClient.Heal();
        WebToPostgres.Heal();
        for (var client = 0; client < Clients.Length; client++)
        {
            Clients[client].Heal();
            if (Clients[client].Process is not { HasExited: false })
            {
                await RestartClientAsync(client);
            }
        }

        if (_webProcess is not { HasExited: false })
        {
            await StartWebAsync();
        }
    }

    /// <summary>Starts an email client.</summary>
    /// <param name="client">Which.</param>
    /// <param name="environment">What it has in its environment beside the usual.</param>
    public Task StartClientAsync(int client, IReadOnlyDictionary<string, string>? environment = null) =>
        Clients[client].StartAsync(Settings($"client-{client}"), environment);

    /// <summary>Kills an email client and starts it again.</summary>
    public async Task RestartClientAsync(int client, IReadOnlyDictionary<string, string>? environment = null)
    {
        await Clients[client].KillAsync();
        await StartClientAsync(client, environment);
    }

    /// <summary>Kills web and starts it again.</summary>
    /// <param name="more">What is added to its connection string.</param>
    public async Task RestartWebAsync(string more = "")
    {
        await KillWebAsync();
        await StartWebAsync(more);
    }

    /// <summary>Starts web.</summary>
    /// <param name="more">What is added to its connection string.</param>
    public async Task StartWebAsync(string more = "") => _webProcess = await StartWebAsync("web", _web, more);

    /// <summary>Starts one more node of web on the same database, for the caller to end.</summary>
    public async Task<(HostProcess Process, Api Api)> StartAnotherWebAsync()
    {
        var port = Topology.FreePort();
        return (await StartWebAsync("another-web", port, ""), new Api(new Uri($"http://127.0.0.1:{port}")));
    }

    /// <summary>How often web wrote something.</summary>
    public int WebSaid(string what) => _webProcess!.Said(what);

    public async Task KillWebAsync()
    {
        if (_webProcess is { } process)
        {
            _webProcess = null;
            await process.DisposeAsync();
        }
    }

    /// <summary>Starts the gateway again; it answers by these weights and keeps its record and its keys.</summary>
    public async Task AnswerAsync(string weights)
    {
        await _gatewayProcess!.StopAsync();
        await _gatewayProcess.DisposeAsync();
        await StartGatewayAsync(weights);
    }

    /// <summary>Redis forgets everything while all run.</summary>
    public async Task EmptyRedisAsync()
    {
        using var redis = new TcpClient();
        await redis.ConnectAsync("127.0.0.1", Redis.Port, TestContext.Current.CancellationToken);
        await redis.GetStream().WriteAsync("FLUSHALL\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        var answer = new byte[5];
        await redis.GetStream().ReadExactlyAsync(answer, TestContext.Current.CancellationToken);
        Assert.Equal("+OK\r\n", Encoding.ASCII.GetString(answer));
    }

    /// <summary>A number of people that no campaign had yet, near the one given.</summary>
    public int Number(int near) => near + _people++;

    /// <summary>What the gateway answered to messages of this subject, in its order.</summary>
    public async Task<List<GatewayAnswer>> RecordAsync(string subject)
    {
        await ReadRecordAsync();
        return [.. _record.Where(answer => answer.Subject == subject)];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in new[] { _webProcess, _gatewayProcess }.OfType<HostProcess>())
        {
            await process.DisposeAsync();
        }

        IAsyncDisposable?[] parts = [.. Clients, WebToClient, WebToPostgres, Redis, Postgres];
        foreach (var part in parts.OfType<IAsyncDisposable>())
        {
            await part.DisposeAsync();
        }

        Api?.Dispose();
        foreach (var folder in new[] { _folder, _databaseFolder }.OfType<string>())
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Only what is new: a record grows long, and is asked for often
    private async Task ReadRecordAsync()
    {
        await using var file = new FileStream(RecordFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = _recordRead;
        var bytes = new byte[file.Length - _recordRead];
        await file.ReadExactlyAsync(bytes, TestContext.Current.CancellationToken);
        var whole = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        _recordRead += whole;
        var lines = Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        _record.AddRange(lines.Select(GatewayAnswer.Read));
    }

    private async Task<HostProcess> StartWebAsync(string node, int port, string more) => (await HostProcess.StartAsync("web",
    [
        .. Settings(node), $"Web:Url=http://127.0.0.1:{port}", $"EmailClient:Url=http://127.0.0.1:{WebToClient.Port}",
        $"ConnectionStrings:Web={Postgres.Says.Replace($"Port={Postgres.Port}", $"Port={WebToPostgres.Port}", StringComparison.Ordinal)}{more}",
    ])).Process;

    private async Task<Server> StartPostgresAsync()
    {
        if (databaseDisk is null)
        {
            return await Server.StartAsync("postgres");
        }

        // Not in the folder that is this user's alone
        _databaseFolder = Directory.CreateTempSubdirectory("mailmarketing-").FullName;
        var server = await Server.StartAsync("postgres", SmallDisk.Script, _databaseFolder, databaseDisk, "bash");
        DatabaseDisk = new(server.ProcessId, _databaseFolder);
        return server;
    }

    private Client NewClient() => new(Topology.FreePort(), _gateway, Redis.Port, _web);

    private async Task StartGatewayAsync(string weights) => (_gatewayProcess, _) = await HostProcess.StartAsync("mock-gateway",
    [
        $"MockGateway:Url=http://127.0.0.1:{_gateway}", $"MockGateway:RecordTo={RecordFile}", $"MockGateway:Weights={weights}",
        $"MockGateway:Latency={latency}", $"MockGateway:IgnoreKeys={!honoursKeys}",
    ]);

    private string[] Settings(string node) =>
    [
        $"DataDirectory={Path.Combine(_folder, node)}", "ServiceKey=a service key of more than 32 characters", "Gateway:Backoff=00:00:00.2",
        "Gateway:Timeout=00:00:05", $"Gateway:HonoursIdempotencyKeys={honoursKeys}", $"Sending:Lease={Lease}", "Sending:ClaimSize=100",
        "Web:Storage=postgres", "EmailClient:Storage=redis",
    ];
}

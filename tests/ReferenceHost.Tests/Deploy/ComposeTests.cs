using ReferenceHost.Tests.TwoServices;

namespace ReferenceHost.Tests.Deploy;

/// <summary>
/// Runs what the compose files describe as processes of this machine, with the same settings but for addresses: the network's names become
/// loopback, and PostgreSQL and Redis are servers of the test's own.
/// </summary>
public sealed class ComposeTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mailmarketing-").FullName;
    private readonly List<HostProcess> _processes = [];
    private readonly List<Server> _servers = [];

    [Theory]
    [InlineData("docker-compose.mock.yml")]
    [InlineData("docker-compose.test.yml")]
    [InlineData("docker-compose.yml")]
    public async Task What_a_compose_file_describes_sends_a_campaign(string file)
    {
        _servers.Add(await Server.StartAsync("postgres"));
        _servers.Add(await Server.StartAsync("redis"));
        var gateway = $"http://127.0.0.1:{Topology.FreePort()}";
        var compose = ComposeFile.Read(file, new Dictionary<string, string>
        {
            ["SERVICE_KEY"] = "a service key of more than 32 characters",
            ["PUBLIC_URL"] = "https://mail.example.org",
            ["ADMIN_EMAIL"] = "admin@example.org",
            ["ADMIN_PASSWORD"] = "a password of the administrator",
            ["DATABASE_PASSWORD"] = "mail",
            ["WEB_DATABASE"] = _servers[0].Says,
            ["REDIS"] = $"127.0.0.1:{_servers[1].Port}",
            ["GATEWAY_URL"] = gateway,
        });
        if (!compose.Services.ContainsKey("mock-gateway"))
        {
            _processes.Add((await HostProcess.StartAsync("mock-gateway", $"MockGateway:Url={gateway}")).Process);
        }

        var addresses = Addresses();
        foreach (var name in new[] { "migrate", "mock-gateway", "email-client", "web" }.Where(compose.Services.ContainsKey))
        {
            await StartAsync(name, compose.Services[name], addresses);
        }

        using var api = new Api(new Uri(addresses["http://web:5050"]));
        await api.SetSenderAsync();
        var campaign = await api.DraftAsync(20);
        await api.StartAsync(campaign);
        await api.CompletedAsync(campaign);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes.AsEnumerable().Reverse())
        {
            await process.DisposeAsync();
        }

        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAsync(string name, ComposeService service, IReadOnlyDictionary<string, string> addresses)
    {
        string[] settings =
        [
            $"DataDirectory={Path.Combine(_folder, name)}", "Gateway:Backoff=00:00:00.02", .. service.Environment
                .Select(one => $"{one.Key.Replace("MailMarketing__", "").Replace("__", ":")}={Here(one.Value, addresses)}"),
        ];
        if (service.Command.Contains("--migrate"))
        {
            Assert.Equal((0, ""), await HostProcess.RunAsync([.. service.Command, .. settings.Select(HostProcess.Argument)]));
            return;
        }

        Assert.Equal("--role", service.Command[0]);
        _processes.Add((await HostProcess.StartAsync(service.Command[1], settings)).Process);
    }

    private static string Here(string value, IReadOnlyDictionary<string, string> addresses) =>
        addresses.FirstOrDefault(one => value.StartsWith(one.Key, StringComparison.Ordinal)).Value ?? value;

    private Dictionary<string, string> Addresses() => new()
    {
        ["http://web:5050"] = $"http://127.0.0.1:{Topology.FreePort()}",
        ["http://email-client:5051"] = $"http://127.0.0.1:{Topology.FreePort()}",
        ["http://mock-gateway:5052"] = $"http://127.0.0.1:{Topology.FreePort()}",
        ["Host=postgres;"] = _servers[0].Says,
        ["redis:6379"] = $"127.0.0.1:{_servers[1].Port}",
    };
}

using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using ReferenceHost.EmailClient;
using ReferenceHost.MockGateway;
using ReferenceHost.People;
using ReferenceHost.Web;

namespace ReferenceHost.Security.Tests;

/// <summary>All three roles in this process, with a folder of their own; outside demo mode unless a setting says otherwise.</summary>
public class SafeHost : IAsyncLifetime
{
    public const string Password = "olive kettle harbour";

    private static string? _hash;
    private static int _names;

    private readonly string _folder = Directory.CreateTempSubdirectory("people").FullName;
    private readonly Dictionary<string, string?> _settings;
    private readonly List<WebApplication> _apps = [];
    private Client? _administrator;

    public SafeHost()
        : this([])
    {
    }

    protected SafeHost(Dictionary<string, string?> settings)
    {
        _settings = new()
        {
            ["DataDirectory"] = Path.Combine(_folder, "data"), ["Web:Url"] = Free(), ["EmailClient:Url"] = Free(), ["MockGateway:Url"] = Free(),
            ["MockGateway:Weights"] = "202=100", ["ServiceKey"] = "a service key of more than 32 characters", ["Demo"] = "false",
            ["Limits:SignInPerMinute"] = "10000", ["Limits:ApiPerMinute"] = "100000",
        };
        foreach (var (key, value) in settings)
        {
            _settings[key] = value;
        }
    }

    internal Uri Web => new(_settings["Web:Url"]!);

    internal ShiftedTime Time { get; } = new();

    /// <summary>What all three roles wrote into their logs.</summary>
    internal LogKeeper Logs { get; } = new();

    internal IServiceProvider Services => _apps[^1].Services;

    internal string Folder => _folder;

    internal Uri Gateway => new(_settings["MockGateway:Url"]!);

    /// <summary>Starts one for a test alone.</summary>
    /// <param name="settings">What stands below <c>MailMarketing</c>, and connection strings.</param>
    internal static async Task<SafeHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var host = new SafeHost(settings.ToDictionary(one => one.Key, one => (string?)one.Value));
        await host.InitializeAsync();
        return host;
    }

    public async ValueTask InitializeAsync()
    {
        foreach (var role in new[] { MockGatewayRole.Role, EmailClientRole.Role, WebRole.Role })
        {
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions
            {
                ApplicationName = "ReferenceHost", ContentRootPath = _folder, EnvironmentName = Environments.Production,
            });
            builder.Configuration.AddInMemoryCollection(Roles.Defaults);
            builder.Configuration.AddInMemoryCollection(_settings.ToDictionary(
                one => one.Key.StartsWith("ConnectionStrings:", StringComparison.Ordinal) ? one.Key : $"MailMarketing:{one.Key}", one => one.Value));
            builder.Logging.ClearProviders().AddProvider(Logs);
            builder.Services.AddSingleton<TimeProvider>(Time);
            _apps.Add(await role.StartAsync(builder, HostSettings.Read(builder.Configuration, _folder, isAll: true)));
        }
    }

    /// <summary>Adds somebody with <see cref="Password"/>.</summary>
    internal async Task<Person> AddAsync(string email, PersonRole role)
    {
        await using var scope = Services.CreateAsyncScope();
        var added = await scope.ServiceProvider.GetRequiredService<Accounts>().AddAsync(email, role, null);
        Assert.True(added.Succeeded, added.Problem?.Detail);
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        added.Value.PasswordHash = _hash ??= users.PasswordHasher.HashPassword(added.Value, Password);
        await users.UpdateAsync(added.Value);
        return added.Value;
    }

    /// <summary>A browser of somebody new who is signed in.</summary>
    internal async Task<Client> SignedInAsync(PersonRole role, string? email = null)
    {
        email ??= $"{role}{Interlocked.Increment(ref _names)}@example.org";
        await AddAsync(email, role);
        var client = new Client(Web);
        Assert.Equal(HttpStatusCode.Redirect, (await client.SignInAsync(email, Password)).Status);
        return client;
    }

    /// <summary>A browser that the tests of a class share; none of them may sign it out.</summary>
    internal async Task<Client> AdministratorAsync() => _administrator ??= await SignedInAsync(PersonRole.Administrator);

    public async ValueTask DisposeAsync()
    {
        _administrator?.Dispose();
        foreach (var app in Enumerable.Reverse(_apps))
        {
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private static string Free()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return $"http://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}";
    }
}

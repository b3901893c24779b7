using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace MailMarketing.Dashboard.Tests;

/// <summary>An app on a free port of its own that mounts the dashboard, with storage in a temporary folder.</summary>
public sealed class DashboardHost : IAsyncDisposable
{
    public const string Policy = "Marketing";

    private readonly WebApplication _app;
    private readonly string _folder;

    private DashboardHost(WebApplication app, string folder, string path)
    {
        (_app, _folder) = (app, folder);
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Root = new Uri(new Uri(address), path.TrimEnd('/') + "/");
    }

    /// <summary>Where the dashboard is, with a slash at the end.</summary>
    public Uri Root { get; }

    /// <summary>The file of what is stored.</summary>
    public string Database => Path.Combine(_folder, "mail.db");

    public MailMarketingClient Client => _app.Services.GetRequiredService<MailMarketingClient>();

    /// <summary>What DNS says; everything is well at first.</summary>
    public FakeDomainRecords Records => (FakeDomainRecords)_app.Services.GetRequiredService<IDomainRecords>();

    public RecordingGateway Gateway => (RecordingGateway)_app.Services.GetRequiredKeyedService<IEmailGateway>("bulk");

    /// <summary>Starts an app.</summary>
    /// <param name="path">Where it mounts the dashboard.</param>
    /// <param name="policy">The policy asked of visitors; null for none.</param>
    /// <param name="configure">Changes to the app's services.</param>
    /// <param name="map">Endpoints of the app's own.</param>
    public static async Task<DashboardHost> StartAsync(
        string path, string? policy = null, Action<MailMarketingBuilder>? configure = null, Action<WebApplication>? map = null)
    {
        var folder = Directory.CreateTempSubdirectory("dashboard").FullName;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(DashboardHost).Assembly.GetName().Name,
            ContentRootPath = folder,
            EnvironmentName = Environments.Production,
        });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // A closed window is gone at once; its page would go on asking for news.
        builder.Services.Configure<CircuitOptions>(circuits => circuits.DisconnectedCircuitMaxRetained = 0);
        builder.Services.AddAuthentication(HeaderSignIn.Scheme).AddScheme<HeaderSignInOptions, HeaderSignIn>(HeaderSignIn.Scheme, null);
        builder.Services.AddAuthorizationBuilder().AddPolicy(Policy, rules => rules.RequireRole("marketer"));
        builder.Services.AddSingleton<IDomainRecords, FakeDomainRecords>();
        var mail = builder.Services.AddMailMarketing(options =>
            {
                options.PublicUrl = new Uri("https://mail.example.org");
                options.DkimSelector = "s1";
            })
            .UseSqlite($"Data Source={Path.Combine(folder, "mail.db")}")
            .UseScriban()
            .AddGateway<RecordingGateway>("bulk")
            .AddDashboard();
        configure?.Invoke(mail);

        var app = builder.Build();
        var pages = app.MapMailMarketingDashboard(path, policy);
        if (policy is null)
        {
            pages.AllowAnonymous();
        }

        map?.Invoke(app);
        app.MapGet("/elsewhere", () => "The app's own.");
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new DashboardHost(app, folder, path);
    }

    /// <summary>Settings, 60 contacts in a segment, a template, a campaign that was sent and a draft.</summary>
    public async Task SeedAsync()
    {
        var stop = TestContext.Current.CancellationToken;
        (await Client.Settings.UpdateAsync(
            new SenderSettingsPatch
            {
                From = new Mailbox("Example Shop", "news@example.org"),
                Auth = new GatewayCredentials("ada", "secret"),
                Headers = new Dictionary<string, string> { ["X-Shop"] = "north", ["X-Team"] = "marketing" },
            },
            stop)).OrThrow();
        var segment = (await Client.Segments.AddAsync("Regulars", stop)).OrThrow();
        var csv = string.Join('\n', Enumerable.Range(1, 60).Select(n => $"person{n}@example.org,Person {n}").Prepend("email,name"));
        using var file = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(csv));
        (await Client.Contacts.ImportAsync(file, segment.Id, stop)).OrThrow();
        var source = new TemplateSource { Subject = "Hello {{ name }}", Text = "Good day. {{ unsubscribe_url }}" };
        var template = (await Client.Templates.AddAsync("Autumn letter", source, stop)).OrThrow();
        var draft = new CampaignDraft { Name = "Autumn letter to regulars", TemplateId = template.Id, SegmentIds = [segment.Id] };
        var campaign = (await Client.Campaigns.AddAsync(draft, stop)).OrThrow();
        (await Client.Campaigns.StartAsync(campaign.Id, stop)).OrThrow();
        (await Client.Campaigns.AddAsync(draft with { Name = "Winter sale, not written yet" }, stop)).OrThrow();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

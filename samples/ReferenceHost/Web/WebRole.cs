using MailMarketing;
using ReferenceHost.People;
using ReferenceHost.Security;

namespace ReferenceHost.Web;

/// <summary>The marketing side: contacts, templates, campaigns and their outcomes; it hands deliveries over to the email client.</summary>
internal static class WebRole
{
    private const string Section = "Web";

    public static Role Role { get; } = new("web", "Web:Url", settings => settings.Web, Build, StartedAsync, MigrateAsync);

    private static WebApplication Build(WebApplicationBuilder builder, HostSettings settings)
    {
        var storage = RoleStorage.Read(builder.Configuration, settings, "web", Section, RoleStorage.Postgres);
        var marketing = Services.AddMailMarketing(builder, settings, "web");
        RoleStorage.Use(Section, () => _ = storage.Kind switch
        {
            RoleStorage.Postgres => marketing.UsePostgres(storage.Connection),
            _ => marketing.UseSqlite(storage.Connection),
        });
        var dialect = new SettingsReader(builder.Configuration.GetSection("MailMarketing:EmailClient"))
            .Choice("Dialect", ("current", EmailClientDialect.Current), ("original", EmailClientDialect.Original));
        marketing.UseHttpEmailClient(settings.EmailClient, dialect)
            .AddDashboard(options =>
            {
                options.OfferSampleData = settings.Demo;
                options.AccountLinks.Add(new DashboardLink("My account", "/account"));
                options.AccountLinks.Add(new DashboardLink("People", "/people", Policies.People));
                options.AccountLinks.Add(new DashboardLink("API tokens", "/tokens", Policies.People));
                options.AccountLinks.Add(new DashboardLink("Sign out", "/sign-out"));
            });
        FirstAccounts.Judge(settings);
        builder.Services.AddSingleton(storage);
        PeopleServices.Add(builder, settings, storage);
        WebSecurity.Add(builder);
        builder.Services.AddProblemDetails();
        builder.Services.AddOpenApi();

        var app = builder.Build();
        WebSecurity.Use(app);
        app.MapMailMarketingApi(policies: Policies.Library);
        app.MapMailMarketingReports();
        app.MapMailMarketingPublic();
        app.MapMailMarketingDashboard("/", Policies.Library);
        AccountEndpoints.Map(app);
        app.MapOpenApi().RequireAuthorization(Policies.Read);
        Services.MapHealth(app);
        return app;
    }

    private static async Task StartedAsync(WebApplication app, HostSettings settings)
    {
        if (await FirstAccounts.PrepareAsync(app, settings, default) is { } token)
        {
            Console.WriteLine($"There is no administrator yet: create one at {settings.PublicUrl.OriginalString.TrimEnd('/')}/set-up?token={token}");
        }

        if (settings.SeedDemo)
        {
            await SampleData.AddAsync(app.Services.GetRequiredService<MailMarketingClient>(), default);
        }
    }

    private static Task MigrateAsync(WebApplication app, CancellationToken cancellationToken) =>
        PeopleMigrator.UpgradeAsync(app.Services.GetRequiredService<RoleStorage>(), cancellationToken);
}

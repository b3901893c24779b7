using MailMarketing;

namespace ReferenceHost.Web;

/// <summary>The marketing side: contacts, templates, campaigns and their outcomes; it hands deliveries over to the email client.</summary>
internal static class WebRole
{
    private const string Section = "Web";

    public static Role Role { get; } = new("web", "Web:Url", settings => settings.Web, Build, SeedAsync);

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
            .AddDashboard(options => options.OfferSampleData = settings.Demo);
        builder.Services.AddProblemDetails();
        builder.Services.AddOpenApi();

        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapMailMarketingApi();
        app.MapMailMarketingReports();
        app.MapMailMarketingPublic();
        app.MapMailMarketingDashboard("/");
        app.MapOpenApi();
        Services.MapHealth(app);
        return app;
    }

    private static Task SeedAsync(WebApplication app, HostSettings settings) => settings.SeedDemo
        ? SampleData.AddAsync(app.Services.GetRequiredService<MailMarketingClient>(), default)
        : Task.CompletedTask;
}

using MailMarketing;

namespace ReferenceHost.Web;

/// <summary>The marketing side: contacts, templates, campaigns and their outcomes; it hands deliveries over to the email client.</summary>
internal static class WebRole
{
    public static Role Role { get; } = new("web", "Web:Url", settings => settings.Web, Build, SeedAsync);

    private static WebApplication Build(WebApplicationBuilder builder, HostSettings settings)
    {
        var (marketing, connection) = Services.AddMailMarketing(builder, settings, "web", "Web");
        var dialect = new SettingsReader(builder.Configuration.GetSection("MailMarketing:EmailClient"))
            .Choice("Dialect", ("current", EmailClientDialect.Current), ("original", EmailClientDialect.Original));
        marketing.UseSqlite(connection).UseHttpEmailClient(settings.EmailClient, dialect)
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

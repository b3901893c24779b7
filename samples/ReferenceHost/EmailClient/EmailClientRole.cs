using MailMarketing;

namespace ReferenceHost.EmailClient;

/// <summary>The sending side: keeps the gateway's credentials, renders, sends, tries again and reports to web.</summary>
internal static class EmailClientRole
{
    private const string Section = "EmailClient";

    public static Role Role { get; } = new("email-client", "EmailClient:Url", settings => settings.EmailClient, Build, PresetAsync);

    private static WebApplication Build(WebApplicationBuilder builder, HostSettings settings)
    {
        var storage = RoleStorage.Read(builder.Configuration, settings, "email-client", Section, RoleStorage.Redis, RoleStorage.Postgres);
        var marketing = Services.AddMailMarketing(builder, settings, "email-client");
        RoleStorage.Use(Section, () => _ = storage.Kind switch
        {
            RoleStorage.Redis => marketing.UseRedisIntake(storage.Connection),
            RoleStorage.Postgres => marketing.UsePostgresIntake(storage.Connection),
            _ => marketing.UseSqliteIntake(storage.Connection),
        });
        marketing.KeepSettingsCopy(Path.Combine(settings.DataDirectory, "email-client-settings.json"))
            .UseHttpReports(settings.Web);
        GatewayLane.Add(marketing, builder.Configuration, settings);

        var app = builder.Build();
        app.MapMailMarketingEmailClient();
        Services.MapHealth(app);
        return app;
    }

    // What people set goes before what is set here. In demo mode a first campaign can be sent without any setting, but not by a real server
    private static async Task PresetAsync(WebApplication app, HostSettings settings)
    {
        var isDemo = settings is { Demo: true, HttpGateway: not null };
        var credentials = GatewayLane.Credentials(app.Configuration);
        if (!isDemo && credentials is null)
        {
            return;
        }

        var client = app.Services.GetRequiredService<SettingsClient>();
        var now = (await client.GetAsync(default)).OrThrow();
        var mock = app.Configuration.GetSection("MailMarketing:MockGateway");
        var updated = await client.UpdateAsync(
            new SenderSettingsPatch
            {
                From = now.From ?? (isDemo ? new Mailbox("MailMarketing Demo", "demo@example.org") : null),
                Auth = now.AuthConfigured ? null : credentials ?? new(mock["User"] ?? "demo", mock["Password"] ?? "demo"),
            },
            default);
        if (!updated.Succeeded)
        {
            throw new BadSettingException("MailMarketing:Gateway", updated.Problem.Detail);
        }
    }
}

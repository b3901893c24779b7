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
            .UseHttpReports(settings.Web)
            .AddHttpGateway("default", options => Configure(options, builder.Configuration.GetSection(HostSettings.Section), settings));

        var app = builder.Build();
        app.MapMailMarketingEmailClient();
        Services.MapHealth(app);
        return app;
    }

    private static void Configure(HttpGatewayOptions options, IConfigurationSection section, HostSettings settings)
    {
        var values = new SettingsReader(section);
        var url = values.Address("Gateway:Url") ?? settings.MockGateway;

        // The mock honours keys unless it is told not to; of another gateway only its operator knows
        options.HonoursIdempotencyKeys = url == settings.MockGateway && values.Flag("MockGateway:IgnoreKeys") != true;
        options.SupportsAttachments = url == settings.MockGateway;
        SettingsReader.Bind(section.GetSection("Gateway"), options);
        options.Endpoint = url;
    }

    // So that a first campaign can be sent without any setting
    private static async Task PresetAsync(WebApplication app, HostSettings settings)
    {
        if (!settings.Demo)
        {
            return;
        }

        var client = app.Services.GetRequiredService<SettingsClient>();
        var now = (await client.GetAsync(default)).OrThrow();
        var mock = app.Configuration.GetSection("MailMarketing:MockGateway");
        (await client.UpdateAsync(
            new SenderSettingsPatch
            {
                From = now.From ?? new Mailbox("MailMarketing Demo", "demo@example.org"),
                Auth = now.AuthConfigured ? null : new GatewayCredentials(mock["User"] ?? "demo", mock["Password"] ?? "demo"),
            },
            default)).OrThrow();
    }
}

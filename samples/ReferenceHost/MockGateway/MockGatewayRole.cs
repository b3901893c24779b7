namespace ReferenceHost.MockGateway;

/// <summary>A gateway that delivers nothing and answers by chance, as a real one might.</summary>
internal static class MockGatewayRole
{
    private const int MaxBody = 16 * 1024 * 1024;

    public static Role Role { get; } = new("mock-gateway", "MockGateway:Url", settings => settings.MockGateway, Build);

    private static WebApplication Build(WebApplicationBuilder builder, HostSettings settings)
    {
        var options = MockGatewayOptions.Read(builder.Configuration);
        var keys = new KeyBook();
        builder.Services.AddSingleton(_ => Record.Open(options.RecordTo, keys.Know));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = MaxBody);

        var app = builder.Build();
        var log = new MailLog();
        var mails = new MailEndpoint(options, keys, app.Services.GetRequiredService<Record>(), log, TimeProvider.System);
        var signedIn = app.MapGroup("").AddEndpointFilter(new SignInFilter(options));
        signedIn.MapPost("/", (HttpRequest request) => mails.PostAsync(request));
        signedIn.MapGet("/", (HttpResponse response) => MailPage.Show(log, response));
        signedIn.MapGet("/mails", () => Results.Json(new { Items = log.Read().Last }, Json.Options));
        app.MapGet("/health/live", () => Results.Text("Healthy"));
        return app;
    }
}

namespace ReferenceHost.MockGateway;

/// <summary>A gateway that delivers nothing and answers by chance, as a real one might.</summary>
internal static class MockGatewayRole
{
    public const string Name = "mock-gateway";

    private const int MaxBody = 4 * 1024 * 1024;

    public static async Task RunAsync(WebApplicationBuilder builder)
    {
        var options = MockGatewayOptions.Read(builder.Configuration);
        var keys = new KeyBook();
        using var record = Record.Open(options.RecordTo, keys.Know);

        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(options.Url).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBody;
        });

        await using var app = builder.Build();
        var log = new MailLog();
        var mails = new MailEndpoint(options, keys, record, log, TimeProvider.System);
        var signedIn = app.MapGroup("").AddEndpointFilter(new SignInFilter(options));
        signedIn.MapPost("/", (HttpRequest request) => mails.PostAsync(request));
        signedIn.MapGet("/", (HttpResponse response) => MailPage.Show(log, response));
        signedIn.MapGet("/mails", () => Results.Json(new { Items = log.Read().Last }, Json.Options));
        app.MapGet("/health/live", () => Results.Text("Healthy"));

        try
        {
            await app.StartAsync();
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            throw new BadSettingException($"{MockGatewayOptions.Section}:Url", $"cannot listen on {options.Url}: {exception.Message}");
        }

        Console.WriteLine($"{Name} listens on {string.Join(", ", app.Urls)}");
        await app.WaitForShutdownAsync();
    }
}

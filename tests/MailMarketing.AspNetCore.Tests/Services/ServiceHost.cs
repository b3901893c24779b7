using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace MailMarketing.AspNetCore.Tests.Services;

/// <summary>Both services' endpoints on a real server of this machine, with a clock that stands still.</summary>
internal sealed class ServiceHost : IAsyncDisposable
{
    public const string Key = "a service key of more than 32 characters";

    private readonly WebApplication _app;
    private readonly ServiceProvider _sending;
    private readonly HttpClient _client = new();

    private ServiceHost(WebApplication app, ServiceProvider sending, FakeTimeProvider time)
    {
        (_app, _sending, Time) = (app, sending, time);
        Address = new Uri(app.Urls.Single());
        Signature = new ServiceSignature(app.Services.GetRequiredService<IOptions<ServiceOptions>>(), time);
    }

    public Uri Address { get; }

    public FakeTimeProvider Time { get; }

    /// <summary>Signs as the other service would.</summary>
    public ServiceSignature Signature { get; }

    public FakeIntake Intake => (FakeIntake)_app.Services.GetRequiredService<ISendIntake>();

    public FakeDeliveries Deliveries => (FakeDeliveries)_app.Services.GetRequiredService<IDeliveryStore>();

    public FakeSettings Settings => (FakeSettings)_sending.GetRequiredService<ISenderSettingsStore>();

    public IRemoteSender Remote => _app.Services.GetRequiredService<IRemoteSender>();

    public IDeliveryReporter Reporter => _app.Services.GetRequiredService<IDeliveryReporter>();

    public static Task<ServiceHost> StartAnonymousAsync() =>
        StartAsync(options => (options.ServiceKey, options.AllowAnonymousServices) = (null, true));

    public static async Task<ServiceHost> StartAsync(Action<ServiceOptions>? configure = null, Uri? reportTo = null, Uri? emailClient = null)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton<ISendIntake, FakeIntake>();
        builder.Services.AddSingleton<IDeliveryStore, FakeDeliveries>();
        builder.Services.AddSingleton<ITemplateRenderer, FakeRenderer>();
        builder.Services.AddSingleton(new Lane("bulk", _ => new GatewayOptions()));
        var marketing = new MailMarketingBuilder(builder.Services).AddServiceCalls(options => options.ServiceKey = Key);
        builder.Services.Configure(configure ?? (_ => { }));
        var sending = SendingSide();
        builder.Services.AddSingleton(sending.GetRequiredService<SettingsClient>());
        builder.Services.AddSingleton(sending.GetRequiredService<ISenderSettingsStore>());
        if (emailClient is not null)
        {
            // The first address is one where nobody listens: the last one counts
            marketing.UseHttpEmailClient(new Uri("http://127.0.0.1:1")).UseHttpEmailClient(emailClient);
            builder.Services.Configure<HttpStandardResilienceOptions>(
                $"{HttpRemoteSender.ClientName}-standard",
                options => (options.Retry.Delay, options.Retry.UseJitter, options.Retry.ShouldRetryAfterHeader) = (TimeSpan.Zero, false, false));
        }

        if (reportTo is not null)
        {
            marketing.UseHttpReports(reportTo);
        }

        var app = builder.Build();
        app.MapMailMarketingEmailClient();
        app.MapMailMarketingReports();
        await app.StartAsync();
        return new ServiceHost(app, sending, time);
    }

    /// <summary>Posts a body, signed where headers are given.</summary>
    public Task<(HttpStatusCode Status, string Body)> PostAsync(
        string path, byte[] body, SignedHeaders? signed = null, string contentType = "application/json") =>
        SendAsync(HttpMethod.Post, path, body, signed, contentType);

    public Task<(HttpStatusCode Status, string Body)> PostAsync(string path, string body) => PostAsync(path, Encoding.UTF8.GetBytes(body));

    public Task<(HttpStatusCode Status, string Body)> PatchAsync(string path, string body, string contentType = "application/json") =>
        SendAsync(HttpMethod.Patch, path, Encoding.UTF8.GetBytes(body), null, contentType);

    public Task<(HttpStatusCode Status, string Body)> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null, null, "");

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        await _sending.DisposeAsync();
    }

    /// <summary>The settings' client apart from the host, so that no engine starts with it.</summary>
    private static ServiceProvider SendingSide()
    {
        var services = new ServiceCollection();
        services.AddSingleton<ISenderSettingsStore, FakeSettings>();
        services.AddMailMarketing().AddGateway<FakeGateway>("bulk").AddGateway<FakeGateway>("news");
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        return services.BuildServiceProvider();
    }

    private async Task<(HttpStatusCode Status, string Body)> SendAsync(
        HttpMethod method, string path, byte[]? body, SignedHeaders? signed, string contentType)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address, path));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        if (signed is not null)
        {
            request.Headers.Add(SignedHeaders.IdName, signed.Id);
            request.Headers.Add(SignedHeaders.TimestampName, $"{signed.Timestamp}");
            request.Headers.Add(SignedHeaders.SignatureName, signed.Signature);
        }

        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}

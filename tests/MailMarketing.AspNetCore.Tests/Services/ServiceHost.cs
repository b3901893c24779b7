using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace MailMarketing.AspNetCore.Tests.Services;

/// <summary>Both services' endpoints on a real server of this machine, with a clock that stands still.</summary>
internal sealed class ServiceHost : IAsyncDisposable
{
    public const string Key = "a service key of more than 32 characters";

    private readonly WebApplication _app;
    private readonly HttpClient _client = new();

    private ServiceHost(WebApplication app, FakeTimeProvider time)
    {
        (_app, Time) = (app, time);
        Address = new Uri(app.Urls.Single());
        Signature = new ServiceSignature(app.Services.GetRequiredService<IOptions<ServiceOptions>>(), time);
    }

    public Uri Address { get; }

    public FakeTimeProvider Time { get; }

    /// <summary>Signs as the other service would.</summary>
    public ServiceSignature Signature { get; }

    public FakeIntake Intake => (FakeIntake)_app.Services.GetRequiredService<ISendIntake>();

    public FakeDeliveries Deliveries => (FakeDeliveries)_app.Services.GetRequiredService<IDeliveryStore>();

    public IDeliveryReporter Reporter => _app.Services.GetRequiredService<IDeliveryReporter>();

    public static Task<ServiceHost> StartAnonymousAsync() =>
        StartAsync(options => (options.ServiceKey, options.AllowAnonymousServices) = (null, true));

    public static async Task<ServiceHost> StartAsync(Action<ServiceOptions>? configure = null, Uri? reportTo = null)
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
        if (reportTo is not null)
        {
            marketing.UseHttpReports(reportTo);
        }

        var app = builder.Build();
        app.MapMailMarketingEmailClient();
        app.MapMailMarketingReports();
        await app.StartAsync();
        return new ServiceHost(app, time);
    }

    /// <summary>Posts a body, signed where headers are given.</summary>
    public async Task<(HttpStatusCode Status, string Body)> PostAsync(
        string path, byte[] body, SignedHeaders? signed = null, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, path)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (signed is not null)
        {
            request.Headers.Add(SignedHeaders.IdName, signed.Id);
            request.Headers.Add(SignedHeaders.TimestampName, $"{signed.Timestamp}");
            request.Headers.Add(SignedHeaders.SignatureName, signed.Signature);
        }

        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public Task<(HttpStatusCode Status, string Body)> PostAsync(string path, string body) => PostAsync(path, Encoding.UTF8.GetBytes(body));

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }
}

using MailMarketing.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace MailMarketing.Core.Tests.Engine;

/// <summary>The engine over fakes, its time moved by hand.</summary>
internal sealed class EngineHarness : IAsyncDisposable, ICredentialSource
{
    private readonly ServiceProvider _services;
    private readonly List<IHostedService> _hosted;

    public EngineHarness(Action<GatewayOptions>? configure = null, string lane = "bulk")
    {
        Queue = new FakeQueue(Time);
        var services = new ServiceCollection();
        services.AddLogging().AddOptions();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<ISendQueue>(Queue);
        services.AddSingleton<ITemplateRenderer>(Renderer);
        services.AddSingleton<ICredentialSource>(this);
        configure?.Invoke(Options);
        new MailMarketingBuilder(services).AddLane(lane, _ => Gateway, _ => Options);
        services.AddSingleton(new EngineOptions());
        services.AddSingleton<LaneGates>();
        services.AddSingleton(Bell);
        services.AddSingleton<TemplateLanguages>();
        services.AddSingleton<TemplateCache>();
        services.AddSingleton<SliceRenderer>();
        services.AddHostedService<SendingEngine>();
        _services = services.BuildServiceProvider();
        _hosted = [.. _services.GetServices<IHostedService>()];
        Gate = _services.GetRequiredService<LaneGates>().Of(lane);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public FakeQueue Queue { get; }

    public WorkBell Bell { get; } = new();

    public FakeGateway Gateway { get; } = new();

    public FakeRenderer Renderer { get; } = new();

    public GatewayOptions Options { get; } = new();

    public LaneGate Gate { get; }

    public GatewayCredentials? Credentials { get; set; } = new("user", "secret");

    public Task<GatewayCredentials?> GetAsync(string lane, CancellationToken cancellationToken) => Task.FromResult(Credentials);

    public Task StartAsync() => Task.WhenAll(_hosted.Select(service => service.StartAsync(TestContext.Current.CancellationToken)));

    public Task StopAsync(CancellationToken deadline = default) => Task.WhenAll(_hosted.Select(service => service.StopAsync(deadline)));

    public Task UntilAsync(Func<bool> condition, int stepMs = 50) => Until.TrueAsync(Time, condition, stepMs);

    public async ValueTask DisposeAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await StopAsync(deadline.Token);
        await _services.DisposeAsync();
    }
}

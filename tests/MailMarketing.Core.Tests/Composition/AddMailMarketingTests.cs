using MailMarketing.Core.Tests.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MailMarketing.Core.Tests.Composition;

public class AddMailMarketingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Adding_twice_registers_nothing_twice_and_applies_both_configurations()
    {
        var services = new ServiceCollection();
        services.AddMailMarketing(o => o.Sending.ClaimSize = 7);
        var once = Ours(services);
        services.AddMailMarketing(o => o.PublicUrl = new Uri("https://example.org"));

        Assert.Equal(once, Ours(services));
        using var provider = services.BuildServiceProvider();
        var options = provider.GetRequiredService<IOptions<MailMarketingOptions>>().Value;
        Assert.Equal(7, options.Sending.ClaimSize);
        Assert.Equal("example.org", options.PublicUrl!.Host);
        Assert.Same(TimeProvider.System, provider.GetRequiredService<TimeProvider>());

        // Each call's configure is one more service; everything else must stay as it was.
        static int Ours(ServiceCollection services) => services.Count(service =>
            service.ServiceType.Assembly == typeof(MailMarketingClient).Assembly || service.ServiceType == typeof(IHostedService)
            || service.ServiceType == typeof(TimeProvider) || service.ServiceType == typeof(IValidateOptions<MailMarketingOptions>));
    }

    [Fact]
    public async Task A_start_without_any_seam_names_every_missing_line_at_once()
    {
        var later = new Recorder();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddMailMarketing();
        builder.Services.AddSingleton<IHostedService>(later);
        using var host = builder.Build();

        var mistake = await Assert.ThrowsAsync<MailMarketingException>(() => host.StartAsync(Stop));

        Assert.Contains(".UseSqlite(\"Data Source=mail.db\")", mistake.Message, StringComparison.Ordinal);
        Assert.Contains("IContactStore", mistake.Message, StringComparison.Ordinal);
        Assert.Contains(".UseScriban()", mistake.Message, StringComparison.Ordinal);
        Assert.Contains(".AddHttpGateway(\"default\"", mistake.Message, StringComparison.Ordinal);
        Assert.False(later.Started);
    }

    [Fact]
    public async Task A_start_with_every_seam_succeeds()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddMailMarketing().AddGateway<FakeGateway>("bulk");
        builder.Services.AddStores(new FakeStores()).AddSingleton<ITemplateRenderer, FakeRenderer>();
        using var host = builder.Build();

        await host.StartAsync(Stop);
        await host.StopAsync(Stop);
    }

    [Fact]
    public async Task A_remote_sender_takes_the_place_of_lanes()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddMailMarketing();
        builder.Services.AddStores(new FakeStores()).AddSingleton<ITemplateRenderer, FakeRenderer>();
        builder.Services.AddSingleton<IRemoteSender>(new FakeRemoteSender());
        using var host = builder.Build();

        await host.StartAsync(Stop);
        await host.StopAsync(Stop);
    }

    [Fact]
    public async Task A_host_that_only_sends_needs_no_marketing_stores()
    {
        var stores = new FakeStores();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddMailMarketing().AddGateway<FakeGateway>("bulk");
        builder.Services.AddSingleton<ISendQueue>(stores).AddSingleton<ISenderSettingsStore>(stores);
        builder.Services.AddSingleton<ITemplateRenderer, FakeRenderer>();
        using var host = builder.Build();

        await host.StartAsync(Stop);
        Assert.True((await host.Services.GetRequiredService<SettingsClient>().GetAsync(Stop)).Succeeded);
        await host.StopAsync(Stop);
    }

    [Fact]
    public async Task Wrong_options_of_a_lane_name_the_lane_and_the_field()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddMailMarketing().AddGateway<FakeGateway>("bulk", o => o.Attempts = 0);
        builder.Services.AddStores(new FakeStores()).AddSingleton<ITemplateRenderer, FakeRenderer>();
        using var host = builder.Build();

        var mistake = await Assert.ThrowsAsync<MailMarketingException>(() => host.StartAsync(Stop));

        Assert.Contains("Lane bulk", mistake.Message, StringComparison.Ordinal);
        Assert.Contains("Attempts", mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/mail", 500, 30, "PublicUrl")]
    [InlineData("ftp://example.org", 500, 30, "PublicUrl")]
    [InlineData("file:///etc/passwd", 500, 30, "PublicUrl")]
    [InlineData("https://u:p@example.org", 500, 30, "PublicUrl")]
    [InlineData("https://example.org/?a=b", 500, 30, "PublicUrl")]
    [InlineData("https://example.org", 0, 30, "Sending.ClaimSize")]
    [InlineData("https://example.org", 10_001, 30, "Sending.ClaimSize")]
    [InlineData("https://example.org", 500, 1, "Sending.Lease")]
    [InlineData("https://example.org", 500, 601, "Sending.Lease")]
    public async Task Wrong_options_stop_the_start_and_name_the_field(string url, int claimSize, int lease, string field)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddMailMarketing(options =>
        {
            options.PublicUrl = new Uri(url, UriKind.RelativeOrAbsolute);
            options.Sending.ClaimSize = claimSize;
            options.Sending.Lease = TimeSpan.FromSeconds(lease);
        }).AddGateway<FakeGateway>("bulk");
        builder.Services.AddStores(new FakeStores()).AddSingleton<ITemplateRenderer, FakeRenderer>();
        using var host = builder.Build();

        var mistake = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Stop));

        Assert.Contains(field, mistake.Message, StringComparison.Ordinal);
    }

    private sealed class Recorder : IHostedService
    {
        public bool Started { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            Started = true;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

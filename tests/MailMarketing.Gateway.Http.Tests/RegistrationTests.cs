using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MailMarketing.Gateway.Http.Tests;

public sealed class RegistrationTests
{
    private static readonly Uri _good = new("https://gateway.example/send");

    public static TheoryData<string, Action<HttpGatewayOptions>> Mistakes() => new()
    {
        { "Endpoint", options => options.Endpoint = null },
        { "Endpoint", options => options.Endpoint = new Uri("/send", UriKind.Relative) },
        { "Endpoint", options => options.Endpoint = new Uri("ftp://gateway.example/") },
        { "Endpoint", options => options.Endpoint = new Uri("https://user:secret@gateway.example/") },
        { "MaxConnections", options => options.MaxConnections = 0 },
        { "MaxConnections", options => options.MaxConnections = 1001 },
        { "Timeout", options => options.Timeout = TimeSpan.Zero },
        { "Timeout", options => options.Timeout = TimeSpan.FromHours(1) },
        { "Attempts", options => options.Attempts = 0 },
        { "PerSecond", options => options.PerSecond = 0 },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_in_the_options_stops_the_start_and_names_lane_and_field(string field, Action<HttpGatewayOptions> mistake)
    {
        var app = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        new MailMarketingBuilder(app.Services).AddHttpGateway("news", options =>
        {
            options.Endpoint = _good;
            mistake(options);
        });
        using var host = app.Build();

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("'news'", error.Message, StringComparison.Ordinal);
        Assert.Contains(field, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lane_gives_its_gateway_and_its_options()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        new MailMarketingBuilder(services)
            .AddHttpGateway("a", options => (options.Endpoint, options.Attempts) = (_good, 7))
            .AddHttpGateway("b", options => options.Endpoint = _good)
            .AddHttpGateway("a", _ => throw new InvalidOperationException("The same lane again changes nothing."));
        using var provider = services.BuildServiceProvider();

        var lanes = provider.GetServices<Lane>().ToList();
        Assert.Equal(["a", "b"], lanes.Select(lane => lane.Name));
        Assert.Equal(7, lanes[0].Options(provider).Attempts);
        Assert.True(provider.GetRequiredKeyedService<IEmailGateway>("a").RequiresCredentials);
        Assert.NotSame(provider.GetRequiredKeyedService<IEmailGateway>("a"), provider.GetRequiredKeyedService<IEmailGateway>("b"));
    }
}

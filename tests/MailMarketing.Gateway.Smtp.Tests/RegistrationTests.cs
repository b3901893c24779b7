using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MailMarketing.Gateway.Smtp.Tests;

public sealed class RegistrationTests
{
    public static TheoryData<string, Action<SmtpGatewayOptions>> Mistakes() => new()
    {
        { "Host", options => options.Host = "" },
        { "Host", options => options.Host = "smtp.example.org:25" },
        { "Host", options => options.Host = "a\r\nb" },
        { "Port", options => options.Port = 0 },
        { "LocalDomain", options => options.LocalDomain = "a b" },
        { "Security", options => options.Security = (SmtpSecurity)9 },
        { "Security", options => options.Security = SmtpSecurity.None },
        { "MaxConnections", options => options.MaxConnections = 101 },
        { "MessagesPerConnection", options => options.MessagesPerConnection = 0 },
        { "IdleTimeout", options => options.IdleTimeout = TimeSpan.Zero },
        { "Timeout", options => options.Timeout = TimeSpan.FromHours(1) },
        { "HonoursIdempotencyKeys", options => options.HonoursIdempotencyKeys = true },
        { "Attempts", options => options.Attempts = 0 },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_in_the_options_stops_the_start_and_names_lane_and_field(string field, Action<SmtpGatewayOptions> mistake)
    {
        var app = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        new MailMarketingBuilder(app.Services).AddSmtpGateway("news", options =>
        {
            options.Host = "smtp.example.org";
            mistake(options);
        });
        using var host = app.Build();

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("'news'", error.Message, StringComparison.Ordinal);
        Assert.Contains(field, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lane_gives_its_gateway_and_its_options()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        new MailMarketingBuilder(services)
            .AddSmtpGateway("a", options => (options.Host, options.Attempts) = ("smtp.example.org", 7))
            .AddSmtpGateway("b", options => options.Host = "smtp.example.org")
            .AddSmtpGateway("a", _ => throw new InvalidOperationException("The same lane again changes nothing."));
        using var provider = services.BuildServiceProvider();

        var lanes = provider.GetServices<Lane>().ToList();
        Assert.Equal(["a", "b"], lanes.Select(lane => lane.Name));
        var first = lanes[0].Options(provider);
        Assert.Equal((7, false, true), (first.Attempts, first.HonoursIdempotencyKeys, first.SupportsAttachments));
        Assert.True(provider.GetRequiredKeyedService<IEmailGateway>("a").RequiresCredentials);
        Assert.NotSame(provider.GetRequiredKeyedService<IEmailGateway>("a"), provider.GetRequiredKeyedService<IEmailGateway>("b"));
    }
}

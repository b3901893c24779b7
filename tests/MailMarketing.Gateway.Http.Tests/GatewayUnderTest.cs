using Microsoft.Extensions.DependencyInjection;

namespace MailMarketing.Gateway.Http.Tests;

/// <summary>A gateway as an app gets it: by its public registration.</summary>
internal sealed class GatewayUnderTest : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public GatewayUnderTest(Uri endpoint, Action<HttpGatewayOptions>? configure = null, TimeProvider? time = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(time ?? TimeProvider.System);
        new MailMarketingBuilder(services).AddHttpGateway("main", options =>
        {
            options.Endpoint = endpoint;
            configure?.Invoke(options);
        });
        _services = services.BuildServiceProvider(validateScopes: true);
        Gateway = _services.GetRequiredKeyedService<IEmailGateway>("main");
    }

    public IEmailGateway Gateway { get; }

    public static EmailMessage Message(string key = "key-1") => new()
    {
        IdempotencyKey = key,
        From = new Mailbox("Shop", "shop@example.com"),
        To = new Mailbox("Ada", "ada@example.com"),
        Content = new RenderedEmail("Hello", "<p>Hello</p>", "Hello"),
    };

    public async Task<GatewayResult> SendAsync(EmailMessage? message = null, GatewayCredentials? credentials = null) =>
        Assert.Single(await Gateway.SendAsync([message ?? Message()], credentials, TestContext.Current.CancellationToken));

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

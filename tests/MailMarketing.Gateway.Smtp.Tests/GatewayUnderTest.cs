using Microsoft.Extensions.DependencyInjection;

namespace MailMarketing.Gateway.Smtp.Tests;

/// <summary>A gateway as an app gets it: by its public registration. Without encryption, unless a test says otherwise.</summary>
internal sealed class GatewayUnderTest : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public GatewayUnderTest(int port, Action<SmtpGatewayOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        new MailMarketingBuilder(services).AddSmtpGateway("smtp", options =>
        {
            (options.Host, options.Port, options.Security, options.MaxConnections) = ("localhost", port, SmtpSecurity.None, 1);
            options.LocalDomain = "sender.example.org";
            configure?.Invoke(options);
        });
        _services = services.BuildServiceProvider(validateScopes: true);
        Gateway = _services.GetRequiredKeyedService<IEmailGateway>("smtp");
    }

    public static DateTimeOffset FrozenAt { get; } = new(2030, 5, 6, 7, 8, 9, TimeSpan.Zero);

    public static GatewayCredentials Credentials { get; } = new("shop", "secret");

    public IEmailGateway Gateway { get; }

    public static EmailMessage Message(string key = "key-1") => new()
    {
        IdempotencyKey = key,
        From = new Mailbox("Shop", "shop@example.com"),
        To = new Mailbox("Ada", "ada@example.com"),
        Content = new RenderedEmail("Hello", "<p>Hello</p>", "Hello"),
        Headers = new Dictionary<string, string> { ["Message-ID"] = $"<{key}@example.com>" },
        FrozenAt = FrozenAt,
    };

    public Task<IReadOnlyList<GatewayResult>> SendAllAsync(params EmailMessage[] messages) =>
        Gateway.SendAsync(messages, Credentials, TestContext.Current.CancellationToken);

    public async Task<GatewayResult> SendAsync(EmailMessage? message = null, GatewayCredentials? credentials = null) =>
        Assert.Single(await Gateway.SendAsync([message ?? Message()], credentials ?? Credentials, TestContext.Current.CancellationToken));

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

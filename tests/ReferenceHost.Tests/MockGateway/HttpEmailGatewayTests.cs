using MailMarketing;
using Microsoft.Extensions.DependencyInjection;

namespace ReferenceHost.Tests.MockGateway;

public sealed class HttpEmailGatewayTests
{
    private static readonly GatewayCredentials _credentials = new("user", "password");

    [Fact]
    public async Task The_http_gateway_and_the_mock_understand_each_other()
    {
        var (process, address) = await HostProcess.MockGatewayAsync("Weights=202=1", "User=user", "Password=password");
        await using var _ = process;
        await using var services = Services(address);
        var gateway = services.GetRequiredKeyedService<IEmailGateway>("main");
        var messages = Enumerable.Range(0, 128).Select(number => Message($"k{number}", "Hello")).ToList();

        var first = await gateway.SendAsync(messages, _credentials, TestContext.Current.CancellationToken);
        var again = await gateway.SendAsync(messages, _credentials, TestContext.Current.CancellationToken);
        var others = await gateway.SendAsync([Message("k0", "Another")], _credentials, TestContext.Current.CancellationToken);
        var strangers = await gateway.SendAsync([Message("new", "Hello")], new GatewayCredentials("user", "no"), TestContext.Current.CancellationToken);

        Assert.All(first, result => Assert.Equal(GatewayOutcome.Accepted, result.Outcome));
        Assert.Equal(128, first.Select(result => result.MessageId).Distinct().Count());
        Assert.Equal(first, again);
        Assert.Equal(GatewayOutcome.KeyConflict, others[0].Outcome);
        Assert.Equal(GatewayOutcome.Unauthorized, strangers[0].Outcome);
    }

    [Fact]
    public async Task A_mail_is_taken_although_its_sender_gave_up_waiting()
    {
        var (process, address) = await HostProcess.MockGatewayAsync("Weights=202=1", "Latency=00:00:04");
        await using var _ = process;
        await using var hasty = Services(address, TimeSpan.FromSeconds(2));
        await using var patient = Services(address, TimeSpan.FromSeconds(30));
        var message = Message("k1", "Hello");

        // The first request of a process is slow; after it two seconds are plenty to bring a mail across.
        await patient.GetRequiredKeyedService<IEmailGateway>("main").SendAsync([Message("k0", "Hello")], null, TestContext.Current.CancellationToken);
        var first = await hasty.GetRequiredKeyedService<IEmailGateway>("main").SendAsync([message], null, TestContext.Current.CancellationToken);
        Assert.Equal(GatewayOutcome.Ambiguous, first[0].Outcome);

        GatewayResult second;
        do
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            second = (await patient.GetRequiredKeyedService<IEmailGateway>("main").SendAsync([message], null, TestContext.Current.CancellationToken))[0];
        }
        while (second.Outcome == GatewayOutcome.InProgress);

        Assert.Equal(GatewayOutcome.Accepted, second.Outcome);
        var mails = await Client.Http.GetStringAsync(new Uri(address, "/mails"), TestContext.Current.CancellationToken);
        Assert.Contains("\"status\":202", mails, StringComparison.Ordinal);
        Assert.Contains("\"replayed\":true", mails, StringComparison.Ordinal);
    }

    private static ServiceProvider Services(Uri address, TimeSpan? timeout = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        new MailMarketingBuilder(services).AddHttpGateway("main", options =>
        {
            options.Endpoint = address;
            options.Timeout = timeout ?? TimeSpan.FromSeconds(30);
        });
        return services.BuildServiceProvider();
    }

    private static EmailMessage Message(string key, string subject) => new()
    {
        IdempotencyKey = key,
        From = new Mailbox("Shop", "shop@example.com"),
        To = new Mailbox(null, "ada@example.com"),
        Content = new RenderedEmail(subject, "<p>Hello</p>", "Hello"),
        Headers = new Dictionary<string, string> { ["List-Unsubscribe"] = "<https://example.com/u>" },
    };
}

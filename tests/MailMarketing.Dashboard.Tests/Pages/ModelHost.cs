namespace MailMarketing.Dashboard.Tests.Pages;

/// <summary>A dashboard of an app that says what its contacts look like, with a layout and a partial in code.</summary>
public sealed class ModelHost : IAsyncLifetime
{
    public DashboardHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await DashboardHost.StartAsync("/", configure: mail => mail
        .AddContactModel<Reader>()
        .AddTemplate("base", new() { Subject = "", Html = "<main>{{ content }}</main>", Kind = TemplateKind.Layout })
        .AddTemplate("footer", new() { Subject = "", Html = "<p>Example Ltd</p>", Kind = TemplateKind.Partial }));

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private sealed record Reader(string City, IReadOnlyList<Order> Orders);

    private sealed record Order(string Title, decimal Price);
}

namespace MailMarketing.Dashboard.Tests.Pages;

/// <summary>A filled dashboard for all tests of a class; each brings what it changes under names of its own.</summary>
public sealed class SharedHost : IAsyncLifetime
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public DashboardHost Host { get; private set; } = null!;

    public ScriptedGateway Gateway { get; } = new();

    public MailMarketingClient Client => Host.Client;

    public Uri At(string path) => new(Host.Root, path);

    /// <summary>The template that the seed brought.</summary>
    public async Task<EmailTemplate> TemplateAsync() =>
        (await Client.Templates.ListAsync(new PageRequest { Search = "Autumn letter" }, Stop)).OrThrow().Items[0];

    /// <summary>The segment of 60 people that the seed brought.</summary>
    public async Task<Segment> RegularsAsync() =>
        (await Client.Segments.ListAsync(new PageRequest { Search = "Regulars" }, Stop)).OrThrow().Items[0];

    /// <summary>A draft to the regulars.</summary>
    public async Task<Campaign> DraftAsync(string name)
    {
        var draft = new CampaignDraft { Name = name, TemplateId = (await TemplateAsync()).Id, SegmentIds = [(await RegularsAsync()).Id] };
        return (await Client.Campaigns.AddAsync(draft, Stop)).OrThrow();
    }

    public async ValueTask InitializeAsync()
    {
        // After the gateway of the same name that every host has: the last one counts.
        Host = await DashboardHost.StartAsync(
            "/admin/mail", configure: mail => mail
                .AddTemplate("Welcome aboard", new() { Subject = "Welcome, {{ name }}", Text = "Good day. {{ unsubscribe_url }}" })
                .Services.AddKeyedSingleton<IEmailGateway>("bulk", Gateway));
        await Host.SeedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Gateway.Release();
        await Host.DisposeAsync();
    }
}

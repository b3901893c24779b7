using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailMarketing.EndToEnd;

/// <summary>The product in one process, as an app embeds it.</summary>
internal sealed class Product : IAsyncDisposable
{
    /// <summary>Names the folder of the key ring: processes that are started from here read the credentials that this one stores.</summary>
    public const string KeysVariable = "MAILMARKETING_BENCH_KEYS";

    private static readonly TimeSpan _poll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(30);

    private readonly IHost _host;
    private CampaignDraft? _draft;
    private bool _isDisposed;

    private Product(IHost host) => _host = host;

    private MailMarketingClient Client => _host.Services.GetRequiredService<MailMarketingClient>();

    public static async Task<Product> StartAsync(
        Action<MailMarketingBuilder> storage, Uri? gateway = null, int connections = Arguments.Concurrency)
    {
        var product = await BuildAsync(storage, gateway, connections);
        await product.RunAsync();
        return product;
    }

    /// <summary>The product without anything that works by itself: nothing is sent.</summary>
    public static Task<Product> BuildAsync(
        Action<MailMarketingBuilder> storage, Uri? gateway = null, int connections = Arguments.Concurrency)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.ClearProviders();
        builder.Services.AddDataProtection().SetApplicationName("bench")
            .PersistKeysToFileSystem(new DirectoryInfo(Environment.GetEnvironmentVariable(KeysVariable)!));
        var mail = builder.Services.AddMailMarketing(options => options.PublicUrl = new Uri("https://mail.example.org"));
        storage(mail);
        mail.UseScriban().AddHttpGateway("default", options =>
        {
            options.Endpoint = gateway ?? new Uri("http://127.0.0.1:9");
            (options.MaxConnections, options.HonoursIdempotencyKeys) = (connections, true);
        });
        return Task.FromResult(new Product(builder.Build()));
    }

    /// <summary>Lets the engine work.</summary>
    public Task RunAsync() => _host.StartAsync();

    /// <summary>Has the tables made.</summary>
    public Task MigrateAsync() => Client.Contacts.CountAsync(default);

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Imports a list of people; no row of it is wrong.</summary>
    public async Task ImportAsync(string list)
    {
        await using var csv = File.OpenRead(list);
        var import = (await Client.Contacts.ImportAsync(csv, null, default)).OrThrow();
        if (import.State != ImportState.Completed || import.Rejected > 0)
        {
            throw new InvalidOperationException($"Not everybody was imported: {import}");
        }
    }

    /// <summary>Has the code of an import compiled.</summary>
    public async Task WarmUpAsync()
    {
        const int few = 30_000;
        var list = Path.GetTempFileName();
        Lists.Write(list, few);
        await ImportAsync(list);
        await ImportAsync(list);
        File.Delete(list);
    }

    /// <summary>Imports the audience and stores the newsletter.</summary>
    public async Task PrepareAsync(int people)
    {
        var segment = (await Client.Segments.AddAsync($"All {people} {Guid.NewGuid()}", default)).OrThrow();
        await using var csv = Audience.Csv(people);
        (await Client.Contacts.ImportAsync(csv, segment.Id, default)).OrThrow();
        await DraftAsync(segment.Id);
    }

    /// <summary>Stores the newsletter, which goes to a segment.</summary>
    public async Task DraftAsync(long segment)
    {
        (await Client.Settings.UpdateAsync(new() { Auth = new("u", "p"), From = new("News", "news@example.org") }, default)).OrThrow();
        var template = (await Client.Templates.AddAsync($"Newsletter for {segment}", Audience.Template, default)).OrThrow();
        _draft = new CampaignDraft { Name = "News", TemplateId = template.Id, SegmentIds = [segment] };
    }

    public async Task<long> AddCampaignAsync() => (await Client.Campaigns.AddAsync(_draft!, default)).OrThrow().Id;

    /// <summary>How many the newsletter would go to, as the page of a draft tells.</summary>
    public async Task<long> CountAudienceAsync() => await Client.Campaigns.CountAudienceAsync(_draft!, default);

    public async Task StartCampaignAsync(long campaign) => (await Client.Campaigns.StartAsync(campaign, default)).OrThrow();

    /// <summary>Waits until a campaign is as wanted.</summary>
    public async Task<Campaign> UntilAsync(long campaign, Func<Campaign, bool> isSo)
    {
        using var deadline = new CancellationTokenSource(_longest);
        Campaign now;
        while (!isSo(now = (await Client.Campaigns.GetAsync(campaign, deadline.Token))!))
        {
            await Task.Delay(_poll, TimeProvider.System, deadline.Token);
        }

        return now;
    }

    /// <summary>Sends the newsletter to all, from the start of the campaign to its completion.</summary>
    public async Task SendAsync(int people)
    {
        var campaign = await AddCampaignAsync();
        await StartCampaignAsync(campaign);
        var now = await UntilAsync(campaign, now => now.State == CampaignState.Completed);
        if (now.Counts.Success != people)
        {
            throw new InvalidOperationException($"Not everything was sent: {now.Counts}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await _host.StopAsync();
        _host.Dispose();
    }
}

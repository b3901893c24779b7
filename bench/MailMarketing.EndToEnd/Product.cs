using System.Diagnostics;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailMarketing.EndToEnd;

/// <summary>The product in one process, as an app embeds it.</summary>
internal sealed class Product : IAsyncDisposable
{
    private static readonly TimeSpan _poll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(30);

    private readonly IHost _host;
    private CampaignDraft? _draft;

    private Product(IHost host) => _host = host;

    private MailMarketingClient Client => _host.Services.GetRequiredService<MailMarketingClient>();

    public static async Task<Product> StartAsync(
        Action<MailMarketingBuilder> storage, Uri gateway, int connections = Arguments.Concurrency)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        var mail = builder.Services.AddMailMarketing(options => options.PublicUrl = new Uri("https://mail.example.org"));
        storage(mail);
        mail.UseScriban().AddHttpGateway("default", options =>
        {
            (options.Endpoint, options.MaxConnections, options.HonoursIdempotencyKeys) = (gateway, connections, true);
        });
        var host = builder.Build();
        await host.StartAsync();
        return new Product(host);
    }

    /// <summary>Imports the audience and stores the newsletter; gives how long the import took.</summary>
    public async Task<TimeSpan> PrepareAsync(int people)
    {
        (await Client.Settings.UpdateAsync(new() { Auth = new("u", "p"), From = new("News", "news@example.org") }, default)).OrThrow();
        var segment = (await Client.Segments.AddAsync($"All {people}", default)).OrThrow();
        var started = Stopwatch.GetTimestamp();
        await using var csv = Audience.Csv(people);
        (await Client.Contacts.ImportAsync(csv, segment.Id, default)).OrThrow();
        var took = Stopwatch.GetElapsedTime(started);
        var template = (await Client.Templates.AddAsync($"Newsletter for {people}", Audience.Template, default)).OrThrow();
        _draft = new CampaignDraft { Name = "News", TemplateId = template.Id, SegmentIds = [segment.Id] };
        return took;
    }

    /// <summary>Sends the newsletter to all, from the start of the campaign to its completion.</summary>
    public async Task SendAsync(int people)
    {
        var campaign = (await Client.Campaigns.AddAsync(_draft!, default)).OrThrow();
        (await Client.Campaigns.StartAsync(campaign.Id, default)).OrThrow();
        using var deadline = new CancellationTokenSource(_longest);
        Campaign now;
        while ((now = (await Client.Campaigns.GetAsync(campaign.Id, deadline.Token))!).State != CampaignState.Completed)
        {
            await Task.Delay(_poll, TimeProvider.System, deadline.Token);
        }

        if (now.Counts.Success != people)
        {
            throw new InvalidOperationException($"Not everything was sent: {now.Counts}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}

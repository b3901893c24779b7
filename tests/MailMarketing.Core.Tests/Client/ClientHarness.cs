using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace MailMarketing.Core.Tests.Client;

/// <summary>A client over fakes, put together by the public registration.</summary>
internal sealed class ClientHarness : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    public ClientHarness(bool remote = false)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        services.AddSingleton<IKeyManager>(new FakeKeyRing());
        services.AddLogging();
        var builder = services.AddMailMarketing(options => options.PublicUrl = new Uri("https://mail.example.org/news/"));
        builder.AddContactSource<FakeMemberSource>("members").AddContactSource<FakeMemberSource>("staff");
        services.AddStores(Stores).AddSingleton(Members).AddSingleton<ITemplateRenderer, FakeRenderer>();
        if (remote)
        {
            services.AddSingleton<IRemoteSender>(Remote);
        }
        else
        {
            builder.AddGateway<FakeGateway>("bulk").AddGateway<FakeGateway>("other");
        }

        _provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
        Client = _provider.GetRequiredService<MailMarketingClient>();
    }

    public FakeStores Stores { get; } = new();

    public FakeMembers Members { get; } = new();

    public FakeRemoteSender Remote { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public MailMarketingClient Client { get; }

    public T Get<T>()
        where T : notnull => _provider.GetRequiredService<T>();

    /// <summary>A template, a draft of a campaign of it, a From line and credentials: ready to start.</summary>
    public async Task<Campaign> ReadyCampaignAsync(string text = "Hi {{ name }} {{ unsubscribe_url }}", string? subject = null)
    {
        var stop = TestContext.Current.CancellationToken;
        var source = new TemplateSource { Subject = "Hello", Text = text };
        var template = await ((ITemplateStore)Stores).AddAsync("t", source, stop);
        await Client.Settings.UpdateAsync(new() { Auth = new("u", "p"), From = new("News", "news@example.org") }, stop);
        var draft = new CampaignDraft { Name = "May", TemplateId = template.Value!.Id, SegmentIds = [1], Subject = subject };
        return (await Client.Campaigns.AddAsync(draft, stop)).OrThrow();
    }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();
}

using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MailMarketing.Core.Tests.Client;

/// <summary>The whole line in one process on the real storage: import, campaign, engine, gateway, unsubscribe link.</summary>
public sealed class InProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mailmarketing").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_campaign_reaches_everyone_subscribed_with_a_link_that_unsubscribes()
    {
        var gateway = new RecordingGateway();
        using var host = Build(gateway);
        await host.StartAsync(Stop);
        var client = host.Services.GetRequiredService<MailMarketingClient>();

        var segment = (await client.Segments.AddAsync("Friends", Stop)).OrThrow();
        var csv = new MemoryStream(Encoding.UTF8.GetBytes("email,name,city\nada@example.org,Ada,London\nbob@example.org,Bob,Paris\nnobody,No,Where\ncyd@example.org,Cyd,Rome\n"));
        var import = (await client.Contacts.ImportAsync(csv, segment.Id, Stop)).OrThrow();
        Assert.Equal((4, 3, 1), (import.Rows, import.Added, import.Rejected));
        await client.Contacts.SuppressAsync("CYD@example.org", "Asked by phone", Stop);
        var template = (await client.Templates.AddAsync(
            "May", new() { Subject = "Hi {{ name }}", Text = "{{ attributes.city }} {{ unsubscribe_url }}" }, Stop)).OrThrow();
        var campaign = (await client.Campaigns.AddAsync(
            new() { Name = "May", TemplateId = template.Id, SegmentIds = [segment.Id] }, Stop)).OrThrow();
        Assert.Equal(ProblemKind.Conflict, (await client.Campaigns.StartAsync(campaign.Id, Stop)).Problem!.Kind);
        (await client.Settings.UpdateAsync(new() { From = new("News", "news@example.org"), Auth = new("user", "word") }, Stop)).OrThrow();

        (await client.Campaigns.StartAsync(campaign.Id, Stop)).OrThrow();
        var ended = await CompletedAsync(client, campaign.Id);

        Assert.Equal((3, 2, 1), (ended.Counts.Planned, ended.Counts.Success, ended.Counts.Suppressed));
        Assert.Equal(["Hi Ada", "Hi Bob"], gateway.Sent.Select(message => message.Content.Subject).Order());
        Assert.All(gateway.Credentials, credentials => Assert.Equal(new GatewayCredentials("user", "word"), credentials));
        var link = new Uri(gateway.Sent[0].Content.Text!.Split(' ')[1].Trim());
        Assert.Equal($"<{link}>", gateway.Sent[0].Headers["List-Unsubscribe"]);
        Assert.True(await client.UnsubscribeByTokenAsync(link.Segments[^1], Stop));
        var gone = (await client.Contacts.ListAsync(new() { Search = gateway.Sent[0].To.Email }, Stop)).OrThrow();
        Assert.Equal(ConsentStatus.Unsubscribed, Assert.Single(gone.Items).Status);
        await host.StopAsync(Stop);
    }

    [Fact]
    public async Task A_campaign_reaches_the_apps_own_users_without_an_import()
    {
        var gateway = new RecordingGateway();
        using var host = Build(gateway);
        await host.StartAsync(Stop);
        var client = host.Services.GetRequiredService<MailMarketingClient>();
        host.Services.GetRequiredService<FakeMembers>().People.AddRange(
        [
            new() { Email = "ada@example.org", Name = "Ada" }, new() { Email = "no address" }, new() { Email = "bob@example.org", Name = "Bob" },
            new() { Email = "BOB@example.org", Name = "Bobby" }, new() { Email = "cyd@example.org" },
        ]);
        await client.Contacts.SuppressAsync("cyd@example.org", "Asked by phone", Stop);
        (await client.Settings.UpdateAsync(new() { From = new("News", "news@example.org"), Auth = new("user", "word") }, Stop)).OrThrow();
        var template = (await client.Templates.AddAsync("May", new() { Subject = "Hi {{ name }}", Text = "{{ unsubscribe_url }}" }, Stop)).OrThrow();
        var draft = new CampaignDraft { Name = "May", TemplateId = template.Id, Source = "members" };
        Assert.Equal(3, await client.Campaigns.CountAudienceAsync(draft, Stop));
        var campaign = (await client.Campaigns.AddAsync(draft, Stop)).OrThrow();

        (await client.Campaigns.StartAsync(campaign.Id, Stop)).OrThrow();
        var ended = await CompletedAsync(client, campaign.Id);

        Assert.Equal((3, 2, 1), (ended.Counts.Planned, ended.Counts.Success, ended.Counts.Suppressed));
        Assert.Equal(new SourceCounts(Added: 3, Updated: 0, Unchanged: 0, Duplicates: 1, Refused: 1), ended.SourceCounts);
        Assert.Equal(["Hi Ada", "Hi Bobby"], gateway.Sent.Select(message => message.Content.Subject).Order());
        await host.StopAsync(Stop);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private IHost Build(RecordingGateway gateway)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<IKeyManager>(new FakeKeyRing()).AddSingleton<FakeMembers>();
        builder.Services.AddMailMarketing(o => o.PublicUrl = new Uri("https://mail.example.org"))
            .UseSqlite($"Data Source={Path.Combine(_folder, "mail.db")};Pooling=False")
            .UseScriban()
            .AddContactSource<FakeMemberSource>("members")
            .AddLane("bulk", _ => gateway, _ => new GatewayOptions());
        builder.Services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        return builder.Build();
    }

    private static async Task<Campaign> CompletedAsync(MailMarketingClient client, long id)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        for (; ; )
        {
            var campaign = (await client.Campaigns.GetAsync(id, deadline.Token))!;
            if (campaign.State == CampaignState.Completed)
            {
                return campaign;
            }

            await Task.Delay(20, deadline.Token);
        }
    }

    private sealed class RecordingGateway : IEmailGateway
    {
        public bool RequiresCredentials => true;

        public List<EmailMessage> Sent { get; } = [];

        public List<GatewayCredentials?> Credentials { get; } = [];

        public Task<IReadOnlyList<GatewayResult>> SendAsync(
            IReadOnlyList<EmailMessage> messages, GatewayCredentials? credentials, CancellationToken cancellationToken)
        {
            lock (Sent)
            {
                Sent.AddRange(messages);
                Credentials.Add(credentials);
            }

            return Task.FromResult<IReadOnlyList<GatewayResult>>([.. messages.Select(_ => GatewayResult.Accepted("id"))]);
        }
    }
}

using System.Text;
using MailMarketing.Gateway.Smtp.Tests.Peer;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MimeKit;

namespace MailMarketing.Gateway.Smtp.Tests;

/// <summary>A campaign as an app sends it: templates, storage and engine, with an SMTP server at its end.</summary>
public sealed class CampaignTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mailmarketing-smtp-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Everybody_gets_the_campaign_once_with_its_file_and_a_way_out_and_what_is_in_doubt_is_told()
    {
        await using var peer = new SmtpPeer
        {
            Answer = line => line.StartsWith("RCPT", StringComparison.Ordinal) && line.Contains("nobody", StringComparison.Ordinal) ? "550 5.1.1 no" : null,
            AnswerMessage = message => message.Contains("doubt@example.org", StringComparison.Ordinal) ? Reply.HangUp : "250 ok",
        };
        using var host = await StartAsync(peer.Port);
        var mail = host.Services.GetRequiredService<MailMarketingClient>();
        string[] people = [.. Enumerable.Range(0, 30).Select(n => $"p{n}@example.org"), "nobody@example.org", "doubt@example.org"];
        var campaign = await StartCampaignAsync(mail, people);
        while ((await mail.Campaigns.GetAsync(campaign, Stop))!.State != CampaignState.Completed)
        {
            await Task.Delay(50, Stop);
        }

        var counts = (await mail.Campaigns.GetAsync(campaign, Stop))!.Counts;
        Assert.Equal((32, 30, 1, 1), (counts.Planned, counts.Success, counts.Failure, counts.Unknown));
        Assert.Equal(30, peer.Messages.Count);
        var mails = peer.Messages.Select(raw => MimeMessage.Load(new MemoryStream(Encoding.Latin1.GetBytes(raw)), Stop)).ToList();
        Assert.Equal(people.Take(30).Order(), mails.Select(one => one.To.Mailboxes.Single().Address).Order());
        Assert.All(mails, one =>
        {
            Assert.Equal("Hello", one.Subject);
            Assert.StartsWith("<https://mail.example.org/", one.Headers[HeaderId.ListUnsubscribe]!.Trim(), StringComparison.Ordinal);
            Assert.Equal("List-Unsubscribe=One-Click", one.Headers["List-Unsubscribe-Post"]);
            Assert.Equal("terms.txt", Assert.IsType<MimePart>(Assert.Single(one.Attachments), exactMatch: false).FileName);
        });
        Assert.Single(mails.Select(one => one.Date).Distinct());
        Assert.Equal(30, mails.Select(one => one.MessageId).Distinct().Count());
        await host.StopAsync(Stop);
    }

    private async Task<IHost> StartAsync(int port)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging().AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(_folder, "keys")));
        builder.Services.AddMailMarketing(options => options.PublicUrl = new Uri("https://mail.example.org"))
            .UseSqlite($"Data Source={Path.Combine(_folder, "mail.db")};Pooling=False").UseScriban()
            .AddSmtpGateway("smtp", options =>
            {
                (options.Host, options.Port, options.Security) = ("localhost", port, SmtpSecurity.None);
                options.Backoff = TimeSpan.FromMilliseconds(10);
            });
        var host = builder.Build();
        await host.StartAsync(Stop);
        return host;
    }

    private static async Task<long> StartCampaignAsync(MailMarketingClient mail, string[] people)
    {
        (await mail.Settings.UpdateAsync(new() { From = new("Shop", "shop@example.org"), Auth = new("shop", "secret") }, Stop)).OrThrow();
        var everyone = (await mail.Segments.AddAsync("Everyone", Stop)).OrThrow();
        var ids = new List<long>();
        foreach (var email in people)
        {
            ids.Add((await mail.Contacts.AddAsync(new() { Email = email }, Stop)).OrThrow().Id);
        }

        await mail.Segments.AddMembersAsync(everyone.Id, ids, Stop);
        using var content = new MemoryStream("All of it"u8.ToArray());
        var file = (await mail.Attachments.AddAsync("terms.txt", "text/plain", content, Stop)).OrThrow();
        var source = new TemplateSource { Subject = "Hello", Html = "<p>Hi</p><a href=\"{{ unsubscribe_url }}\">Out</a>", Attachments = [file] };
        var template = (await mail.Templates.AddAsync("Hello", source, Stop)).OrThrow();
        var campaign = (await mail.Campaigns.AddAsync(new() { Name = "News", TemplateId = template.Id, SegmentIds = [everyone.Id] }, Stop)).OrThrow();
        (await mail.Campaigns.StartAsync(campaign.Id, Stop)).OrThrow();
        return campaign.Id;
    }
}

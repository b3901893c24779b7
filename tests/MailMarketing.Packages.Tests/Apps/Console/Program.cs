using MailMarketing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddMailMarketing().UseSqlite("Data Source=mail.db").UseScriban().AddGateway<ConsoleGateway>("console");
using var host = builder.Build();
await host.StartAsync();

var mail = host.Services.GetRequiredService<MailMarketingClient>();
(await mail.Settings.UpdateAsync(new() { From = new("Shop", "shop@example.org") }, default)).OrThrow();
var everyone = (await mail.Segments.AddAsync("Everyone", default)).OrThrow();
var ada = (await mail.Contacts.AddAsync(new() { Email = "ada@example.org", FirstName = "Ada" }, default)).OrThrow();
await mail.Segments.AddMembersAsync(everyone.Id, [ada.Id], default);
var hello = (await mail.Templates.AddAsync("Hello", new() { Subject = "Hello {{ first_name }}", Text = "How are you?" }, default)).OrThrow();
var news = (await mail.Campaigns.AddAsync(new() { Name = "News", TemplateId = hello.Id, SegmentIds = [everyone.Id] }, default)).OrThrow();
await mail.Campaigns.StartAsync(news.Id, default);
while ((await mail.Campaigns.GetAsync(news.Id, default))!.State != CampaignState.Completed) await Task.Delay(100);
await host.StopAsync();

sealed class ConsoleGateway : IEmailGateway
{
    public Task<IReadOnlyList<GatewayResult>> SendAsync(IReadOnlyList<EmailMessage> mails, GatewayCredentials? login, CancellationToken stop)
    {
        foreach (var mail in mails) Console.WriteLine($"To {mail.To.Email}: {mail.Content.Subject}");
        return Task.FromResult<IReadOnlyList<GatewayResult>>([.. mails.Select(_ => GatewayResult.Accepted(null))]);
    }
}

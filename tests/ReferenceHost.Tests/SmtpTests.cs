using System.Text;
using System.Text.Json;
using MailMarketing.Gateway.Smtp.Tests.Peer;
using ReferenceHost.Tests.TwoServices;

namespace ReferenceHost.Tests;

/// <summary>The host with an SMTP server at its end.</summary>
public sealed class SmtpTests : IDisposable
{
    private const string Password = "a password that nobody is told";
    private readonly string _folder = Directory.CreateTempSubdirectory("mailmarketing-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_campaign_is_sent_by_SMTP_with_the_credentials_of_the_configuration_until_people_set_others()
    {
        await using var peer = new SmtpPeer
        {
            Answer = line => line.StartsWith("RCPT", StringComparison.Ordinal) && line.Contains("p3@", StringComparison.Ordinal) ? "550 5.1.1 no" : null,
        };
        string[] settings = [.. Settings(), .. Smtp(peer), "Gateway:User=shop", $"Gateway:Password={Password}"];
        var (process, web) = await HostProcess.StartAsync("all", settings);
        await using (process)
        {
            using var api = new Api(web);
            var before = await api.GetAsync("settings");
            Assert.Equal(JsonValueKind.Null, before.GetProperty("from").GetProperty("email").ValueKind);
            Assert.True(before.GetProperty("auth").GetProperty("configured").GetBoolean());
            Assert.True(Assert.Single(before.GetProperty("lanes").EnumerateArray()).GetProperty("attachments").GetBoolean());
            await api.PatchAsync("settings", new { email_from = new { name = "Shop", email = "shop@example.org" } });

            var campaign = await api.DraftAsync(5);
            await api.StartAsync(campaign);
            var counts = (await api.CompletedAsync(campaign)).GetProperty("counts");

            Assert.Equal((4, 1), (counts.GetProperty("success").GetInt32(), counts.GetProperty("failure").GetInt32()));
            Assert.Equal(4, peer.Messages.Count);
            Assert.All(peer.Messages, message => Assert.Contains("From: Shop <shop@example.org>", message, StringComparison.Ordinal));
            Assert.Contains(peer.Messages, message => message.Contains("Subject: News for P1\r\n", StringComparison.Ordinal));
            Assert.Contains(SignIn("shop", Password), peer.Commands);
            Assert.DoesNotContain("nothing leaves this machine", process.Output, StringComparison.Ordinal);
            Assert.Equal(0, process.Said(Password));
            await api.PatchAsync("settings", new { auth = new { user = "other", password = "another" } });
            Assert.Equal(0, await process.StopAsync());
        }

        Assert.DoesNotContain(Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories), Tells);
        var (again, address) = await HostProcess.StartAsync("all", settings);
        await using var _ = again;
        using var after = new Api(address);
        var template = (await after.GetAsync("templates")).GetProperty("items")[0].GetProperty("id").GetInt64();
        await after.PostAsync($"templates/{template}/test", new { to = "test@example.org", contactId = 1 });
        await Api.UntilAsync(() => Task.FromResult(peer.Messages.Any(message => message.Contains("<test@example.org>", StringComparison.Ordinal))));
        Assert.Contains(SignIn("other", "another"), peer.Commands);
    }

    [Fact]
    public async Task A_relay_that_asks_for_no_credentials_gets_none()
    {
        await using var peer = new SmtpPeer();
        var (process, web) = await HostProcess.StartAsync("all", [.. Settings(), .. Smtp(peer), "Gateway:RequiresCredentials=false"]);
        await using var _ = process;
        using var api = new Api(web);
        await api.PatchAsync("settings", new { email_from = new { name = "Shop", email = "shop@example.org" } });
        var campaign = await api.DraftAsync(3);
        await api.StartAsync(campaign);
        Assert.Equal(3, (await api.CompletedAsync(campaign)).GetProperty("counts").GetProperty("success").GetInt32());
        Assert.Equal(3, peer.Messages.Count);
        Assert.DoesNotContain(peer.Commands, command => command.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("MailMarketing:Gateway:Kind: 'pigeon' must be one of: http, smtp.", "Kind=pigeon")]
    [InlineData("MailMarketing:Gateway:Host: Kind smtp needs the server's name, such as smtp.example.org.", "Kind=smtp")]
    [InlineData("Host is required", "Kind=smtp", "Host=no host at all")]
    [InlineData("MailMarketing:Gateway:Port", "Kind=smtp", "Host=localhost", "Port=many")]
    [InlineData("Port must be between 1 and 65535", "Kind=smtp", "Host=localhost", "Port=0")]
    [InlineData("MailMarketing:Gateway:Security: 'ssl' must be one of: starttls, tls, none.", "Kind=smtp", "Host=localhost", "Security=ssl")]
    [InlineData("in the clear", "Kind=smtp", "Host=smtp.example.org", "Security=none")]
    [InlineData("HonoursIdempotencyKeys must be false", "Kind=smtp", "Host=localhost", "HonoursIdempotencyKeys=true")]
    [InlineData("MailMarketing:Gateway:Url: only HTTP has it", "Kind=smtp", "Host=localhost", "Url=http://localhost:1/")]
    [InlineData("MailMarketing:Gateway:Host: only SMTP has it", "Host=localhost")]
    [InlineData("MailMarketing:Gateway:Password: set both User and Password, or neither.", "Kind=smtp", "Host=localhost", "User=shop")]
    [InlineData("The user must not contain a colon.", "Kind=smtp", "Host=localhost", "User=a:b", "Password=c")]
    public async Task A_bad_setting_refuses_the_start_and_is_named(string named, params string[] settings)
    {
        var (code, error) = await HostProcess.RunAsync(
            [.. Settings().Concat(settings.Select(one => $"Gateway:{one}")).Select(HostProcess.Argument)]);
        Assert.Equal(2, code);
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private static string SignIn(string user, string password) =>
        $"AUTH PLAIN {Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{user}\0{password}"))}";

    private static bool Tells(string file) =>
        File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Password)) >= 0;

    private static string[] Smtp(SmtpPeer peer) => ["Gateway:Kind=smtp", "Gateway:Host=localhost", $"Gateway:Port={peer.Port}", "Gateway:Security=none"];

    private string[] Settings() =>
    [
        $"DataDirectory={_folder}", "Gateway:Backoff=00:00:00.02", .. new[] { "Web", "EmailClient", "MockGateway" }
            .Select(role => $"{role}:Url=http://127.0.0.1:{Topology.FreePort()}"),
    ];
}

using System.Text.Json;
using ReferenceHost.Tests.TwoServices;

namespace ReferenceHost.Tests;

/// <summary>Everything in one process, as somebody sees it who has just cloned the repository.</summary>
public sealed class AllTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mailmarketing-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_campaign_can_be_sent_without_any_setting()
    {
        var (process, web) = await StartAsync();
        await using var _ = process;
        using var api = new Api(web);
        var campaign = await api.DraftAsync(50);
        await api.StartAsync(campaign);
        var ended = await api.CompletedAsync(campaign);
        Assert.Equal(50, ended.GetProperty("counts").GetProperty("planned").GetInt32());
        Assert.Contains("described at", process.Output, StringComparison.Ordinal);

        using var http = new HttpClient();
        var ready = await http.GetStringAsync(new Uri(web, "health/ready"), TestContext.Current.CancellationToken);
        using (var health = JsonDocument.Parse(ready))
        {
            Assert.Equal("Healthy", health.RootElement.GetProperty("status").GetString());
            Assert.Equal(
                ["storage", "migrations", "peer", "lanes"], health.RootElement.GetProperty("checks").EnumerateObject().Select(check => check.Name));
        }

        var document = await http.GetStringAsync(new Uri(web, "openapi/v1.json"), TestContext.Current.CancellationToken);
        Assert.Contains("/api/v1/campaigns/{id}/start", document, StringComparison.Ordinal);

        Assert.Equal(0, await process.StopAsync());
    }

    [Fact]
    public async Task What_was_made_is_there_after_a_restart()
    {
        var (first, web) = await StartAsync();
        await using (first)
        {
            using var api = new Api(web);
            await api.PostAsync("contacts", new { email = "ada@example.org" });
            await api.PatchAsync("settings", new { email_from = new { name = "Own", email = "own@example.org" } });
        }

        var (second, again) = await StartAsync();
        await using var _ = second;
        using var after = new Api(again);
        Assert.Equal(1, (await after.GetAsync("contacts")).GetProperty("items").GetArrayLength());
        var settings = await after.GetAsync("settings");
        Assert.Equal("own@example.org", settings.GetProperty("from").GetProperty("email").GetString());
        Assert.True(settings.GetProperty("auth").GetProperty("configured").GetBoolean());
    }

    [Fact]
    public async Task Sample_data_are_put_in_where_they_are_asked_for()
    {
        var (process, web) = await HostProcess.StartAsync("all", [.. Settings(), "SeedDemo=true"]);
        await using var _ = process;
        using var api = new Api(web);
        Assert.Equal(3, (await api.GetAsync("segments")).GetProperty("items").GetArrayLength());
        Assert.Equal(2, (await api.GetAsync("templates")).GetProperty("items").GetArrayLength());
        using var http = new HttpClient();
        Assert.Contains("<title>", await http.GetStringAsync(web, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Storages_can_be_brought_up_to_date_before_anything_runs()
    {
        var settings = Settings().Select(one => $"--MailMarketing:{one}").ToArray();
        Assert.Equal((0, ""), await HostProcess.RunAsync([.. settings, "--migrate"]));
        Assert.True(File.Exists(Path.Combine(_folder, "web.db")));
        Assert.True(File.Exists(Path.Combine(_folder, "email-client.db")));

        var (code, error) = await HostProcess.RunAsync(
            [.. settings, "--migrate", "--MailMarketing:Web:Storage=postgres", "--ConnectionStrings:Web=Host=127.0.0.1;Port=1;Database=x;Username=x"]);
        Assert.Equal(2, code);
        Assert.StartsWith("ConnectionStrings of web: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sample_data_belong_into_demo_mode()
    {
        var (code, error) = await HostProcess.RunAsync(["--seed-demo", "--role", "web", .. Settings().Select(one => $"--MailMarketing:{one}")]);
        Assert.Equal(2, code);
        Assert.StartsWith("MailMarketing:SeedDemo: ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Web:Url=5050", "MailMarketing:Web:Url")]
    [InlineData("Gateway:Backoff=soon", "MailMarketing:Gateway:Backoff")]
    [InlineData("Gateway:Attempts=0", "Attempts")]
    [InlineData("Sending:ClaimSize=0", "ClaimSize")]
    [InlineData("Web:Storage=floppy", "MailMarketing:Web:Storage")]
    [InlineData("ServiceKey=short", "ServiceKey")]
    [InlineData("Demo=perhaps", "MailMarketing:Demo")]
    [InlineData("DataDirectory=/proc/nowhere", "MailMarketing:DataDirectory")]
    public async Task A_bad_setting_refuses_the_start_and_is_named(string setting, string named)
    {
        var (code, error) = await HostProcess.RunAsync([.. Settings().Append(setting).Select(one => $"--MailMarketing:{one}")]);
        Assert.Equal(2, code);
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("web")]
    [InlineData("email-client")]
    public async Task A_service_alone_needs_the_key_that_it_shares(string role)
    {
        var (code, error) = await HostProcess.RunAsync(["--role", role, .. Settings().Select(one => $"--MailMarketing:{one}")]);
        Assert.Equal(2, code);
        Assert.Contains("ServiceKey", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_service_key_than_before_refuses_the_start_and_is_told()
    {
        var settings = Settings().Select(one => $"--MailMarketing:{one}").ToArray();
        var (process, _) = await StartAsync();
        await process.DisposeAsync();
        var (code, error) = await HostProcess.RunAsync([.. settings, "--MailMarketing:ServiceKey=another service key of more than 32 characters"]);
        Assert.Equal(2, code);
        Assert.Contains("The key ring was encrypted under another service key", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        var (first, web) = await StartAsync();
        await using var _ = first;
        var (code, error) = await HostProcess.RunAsync(
            [.. Settings().Append($"Web:Url={web.OriginalString}").Select(one => $"--MailMarketing:{one}")]);
        Assert.Equal(2, code);
        Assert.StartsWith("MailMarketing:Web:Url: cannot start", error, StringComparison.Ordinal);
    }

    private Task<(HostProcess Process, Uri Address)> StartAsync() => HostProcess.StartAsync("all", Settings());

    private string[] Settings() =>
    [
        $"DataDirectory={_folder}", "Gateway:Backoff=00:00:00.02", .. new[] { "Web", "EmailClient", "MockGateway" }
            .Select(role => $"{role}:Url=http://127.0.0.1:{Topology.FreePort()}"),
    ];
}

using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MailMarketing.Dashboard.Tests;

public sealed partial class MountTests(Chromium chromium)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/admin/mail", "/admin/mail/")]
    [InlineData("/admin/mail/", "/admin/mail/")]
    public async Task Pages_know_where_they_are_and_find_their_assets(string path, string baseHref)
    {
        await using var host = await DashboardHost.StartAsync(path);
        using var http = new HttpClient();

        foreach (var page in new[] { "", "settings" })
        {
            var html = await http.GetStringAsync(new Uri(host.Root, page), Stop);
            Assert.Contains($"<base href=\"{baseHref}\"", html, StringComparison.Ordinal);
            var assets = Assets().Matches(html).Select(match => match.Groups[1].Value).ToList();
            Assert.True(assets.Count >= 6, $"Only {assets.Count} assets are named in {page}.");
            foreach (var asset in assets)
            {
                var answer = await http.GetAsync(new Uri(host.Root, asset), Stop);
                Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{asset}: {answer.StatusCode}");
                Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync(Stop));
            }
        }
    }

    [Fact]
    public async Task Other_endpoints_of_the_app_stay_its_own()
    {
        await using var host = await DashboardHost.StartAsync("/admin/mail", DashboardHost.Policy);
        using var http = new HttpClient();

        Assert.Equal("The app's own.", await http.GetStringAsync(new Uri(host.Root, "/elsewhere"), Stop));
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri(host.Root, "/"), Stop)).StatusCode);
    }

    [Fact]
    public async Task An_app_with_pages_of_its_own_keeps_them()
    {
        await using var host = await DashboardHost.StartAsync(
            "/admin/mail",
            map: app =>
            {
                app.MapStaticAssets();
                app.MapRazorComponents<OwnPage>().AddInteractiveServerRenderMode().DisableAntiforgery();
            });
        using var http = new HttpClient();

        Assert.Contains("A page of the host.", await http.GetStringAsync(new Uri(host.Root, "/"), Stop), StringComparison.Ordinal);
        await using var visit = await chromium.VisitAsync(host.Root);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Overview");
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("cook", HttpStatusCode.Forbidden)]
    [InlineData("marketer", HttpStatusCode.OK)]
    public async Task The_policy_guards_pages_and_connection(string? role, HttpStatusCode expected)
    {
        await using var host = await DashboardHost.StartAsync("/admin/mail", DashboardHost.Policy);
        using var http = new HttpClient();
        if (role is not null)
        {
            http.DefaultRequestHeaders.Add(HeaderSignIn.Name, role);
        }

        Assert.Equal(expected, (await http.GetAsync(host.Root, Stop)).StatusCode);
        Assert.Equal(expected, (await http.GetAsync(new Uri(host.Root, "settings"), Stop)).StatusCode);
        using var nothing = new StringContent("");
        Assert.Equal(expected, (await http.PostAsync(new Uri(host.Root, "_blazor/negotiate?negotiateVersion=1"), nothing, Stop)).StatusCode);
    }

    [Fact]
    public async Task Without_a_policy_the_pages_are_shut_and_say_how_to_open_them()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddMailMarketing().UseSqlite($"Data Source={Path.Combine(Directory.CreateTempSubdirectory("dashboard").FullName, "mail.db")}").UseScriban()
            .AddGateway<RecordingGateway>("bulk").AddDashboard();
        await using var app = builder.Build();
        app.MapMailMarketingDashboard("/mail");
        await app.StartAsync(Stop);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        foreach (var path in new[] { "/mail/", "/mail/contacts", "/mail/_blazor/negotiate?negotiateVersion=1" })
        {
            var answer = path.Contains("negotiate", StringComparison.Ordinal) ? await http.PostAsync(path, null, Stop) : await http.GetAsync(path, Stop);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Contains("MapMailMarketingDashboard", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        }

        await app.StopAsync(Stop);
    }

    [Fact]
    public async Task A_page_takes_no_form()
    {
        await using var host = await DashboardHost.StartAsync("/mail");
        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await http.PostAsync(new Uri(host.Root, "contacts"), null, Stop)).StatusCode);
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("/admin/{tenant}")]
    [InlineData("/a?b")]
    public async Task A_path_that_cannot_be_mounted_is_refused_in_words(string path)
    {
        var mistake = await Assert.ThrowsAsync<ArgumentException>(() => DashboardHost.StartAsync(path));

        Assert.Contains("/admin/mail", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mounting_without_registering_names_the_line_to_add()
    {
        var app = WebApplication.CreateBuilder().Build();

        var mistake = Assert.Throws<InvalidOperationException>(() => app.MapMailMarketingDashboard("/mail"));

        Assert.Contains(".AddDashboard()", mistake.Message, StringComparison.Ordinal);
    }

    [GeneratedRegex("(?:src|<link[^>]* href)=\"([^\"]+)\"")]
    private static partial Regex Assets();
}

using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MailMarketing.Packages.Tests;

public sealed partial class PackageTests(Packages packages) : IClassFixture<Packages>
{
    [Fact]
    public void Every_package_tells_what_it_is()
    {
        var files = packages.Files.Where(file => file.EndsWith(".nupkg", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file =>
        {
            using var package = ZipFile.OpenRead(file);
            var nuspec = XDocument.Load(package.Entries.Single(entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal)).Open());
            string? Value(string name) => nuspec.Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value;
            Assert.Equal(("MIT", "README.md", "icon.png"), (Value("license"), Value("readme"), Value("icon")));
            Assert.Contains("MailMarketing", Value("description"), StringComparison.Ordinal);
            Assert.Contains("email", Value("tags"), StringComparison.Ordinal);
            Assert.NotNull(package.GetEntry("icon.png"));
            using var readme = new StreamReader(package.GetEntry("README.md")!.Open());
            Assert.StartsWith($"# {Value("id")}", readme.ReadToEnd(), StringComparison.Ordinal);
            Assert.Contains(package.Entries, entry => entry.FullName == $"lib/net10.0/{Value("id")}.xml");
            Assert.Contains(file.Replace(".nupkg", ".snupkg", StringComparison.Ordinal), packages.Files);
        });
    }

    [Fact]
    public async Task A_console_sends_a_campaign_through_a_gateway_of_its_own()
    {
        var app = await packages.BuildAsync("Console");
        var output = await Packages.RunAsync(Path.GetDirectoryName(app)!, "dotnet", app);
        Assert.Contains("To ada@example.org: Hello Ada", output, StringComparison.Ordinal);
        Assert.InRange((await File.ReadAllLinesAsync(
            Path.Combine(Path.GetDirectoryName(app)!, "..", "Program.cs"), TestContext.Current.CancellationToken)).Length, 1, 29);
    }

    [Fact]
    public async Task An_app_mounts_the_dashboard_beside_its_own_pages()
    {
        var app = await packages.BuildAsync("Web");
        await using var web = await WebProcess.StartAsync(app);

        Assert.Equal("The app's own page.", await web.GetAsync(""));
        var page = await web.GetAsync("admin/mail/", "marketer");
        Assert.Contains("<base href=\"/admin/mail/\"", page, StringComparison.Ordinal);
        var assets = AssetPattern().Matches(page).Select(match => match.Groups[1].Value).Where(path => !path.StartsWith("http", StringComparison.Ordinal)).ToList();
        Assert.Contains(assets, path => path.Contains("blazor.web", StringComparison.Ordinal));
        Assert.Contains(assets, path => path.Contains("MudBlazor.min", StringComparison.Ordinal));
        foreach (var asset in assets)
        {
            Assert.NotEmpty(await web.GetAsync($"admin/mail/{asset}", "marketer"));
        }

        Assert.NotEqual(HttpStatusCode.OK, await web.StatusAsync("admin/mail/contacts"));
    }

    [GeneratedRegex("""<(?:script|link)[^>]* (?:src|href)="([^"]+\.(?:js|css))""")]
    private static partial Regex AssetPattern();
}

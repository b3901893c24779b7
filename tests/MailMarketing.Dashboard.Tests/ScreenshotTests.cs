using System.Text.Json;
using MailMarketing.Dashboard.Tests.Pages;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MailMarketing.Dashboard.Tests;

/// <summary>Pictures of every page in artifacts/screenshots, to be looked at; each must fit its width.</summary>
public sealed class ScreenshotTests(Chromium chromium)
{
    /// <summary>Where pictures go.</summary>
    internal static string Pictures { get; } = Folder();

    private static readonly string[] _lists = ["", "contacts", "segments", "media", "settings"];

    private static readonly string[] _pages = [.. _lists, "contacts/1", "contacts/1/edit", "contacts/import", "segments/1"];

    [Theory]
    [InlineData(1440, false)]
    [InlineData(390, true)]
    public async Task Pages_fit_the_screen(int width, bool dark)
    {
        await using var host = await DashboardHost.StartAsync("/");
        await using var visit = await chromium.VisitAsync(host.Root, width, dark);
        await ShootAsync(visit, host.Root, _lists, $"empty-{width}-{(dark ? "dark" : "light")}", width);
        await host.SeedAsync();
        await DescribeAsync(host.Client.Contacts);
        await AddImagesAsync(host.Client.Media);
        await ShootAsync(visit, host.Root, _pages, $"filled-{width}-{(dark ? "dark" : "light")}", width);
    }

    private static async Task ShootAsync(Visit visit, Uri root, string[] paths, string when, int width)
    {
        foreach (var path in paths)
        {
            await visit.Page.GotoAsync(new Uri(root, path).ToString());
            await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await Expect(visit.Page.Locator(".mud-skeleton")).ToHaveCountAsync(0);
            await visit.Page.ScreenshotAsync(new PageScreenshotOptions
            {
                Path = Path.Combine(Folder(), $"{(path.Length == 0 ? "overview" : path.Replace('/', '-'))}-{when}.png"),
                FullPage = true,
                Animations = ScreenshotAnimations.Disabled,
            });
            Assert.Equal(width, await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        }
    }

    private static async Task AddImagesAsync(MediaClient media)
    {
        foreach (var name in new[] { "dot.gif", "A rather long name of a picture of the harvest in the last autumn.gif" })
        {
            using var content = new MemoryStream([.. MediaPageTests.Dot, (byte)name.Length]);
            (await media.AddAsync(name, null, content, TestContext.Current.CancellationToken)).OrThrow();
        }
    }

    private static async Task DescribeAsync(ContactsClient contacts)
    {
        using var json = JsonDocument.Parse("""{"city":"London","orders":12,"tags":["maths","engines"],"vip":true}""");
        var ada = new ContactData
        {
            Email = "person1@example.org", Name = "Ada Lovelace", FirstName = "Ada",
            Attributes = json.RootElement.EnumerateObject().ToDictionary(one => one.Name, one => one.Value.Clone()),
        };
        (await contacts.UpdateAsync(1, ada, TestContext.Current.CancellationToken)).OrThrow();
    }

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MailMarketing.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Run the tests from within the repository: their pictures go to its folder artifacts.");
        }

        return Path.Combine(folder.FullName, "artifacts", "screenshots");
    }
}

using System.Runtime.CompilerServices;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MailMarketing.Dashboard.Tests;

/// <summary>Pictures of every page in artifacts/screenshots, to be looked at; each must fit its width.</summary>
public sealed class ScreenshotTests(Chromium chromium)
{
    private static readonly string[] _pages = ["", "segments", "settings"];

    [Theory]
    [InlineData(1440, false)]
    [InlineData(1440, true)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task Pages_fit_the_screen(int width, bool dark)
    {
        await using var host = await DashboardHost.StartAsync("/");
        await ShootAsync(host, "empty", width, dark);
        await host.SeedAsync();
        await ShootAsync(host, "filled", width, dark);
    }

    private async Task ShootAsync(DashboardHost host, string when, int width, bool dark)
    {
        foreach (var path in _pages)
        {
            await using var visit = await chromium.VisitAsync(new Uri(host.Root, path), width, dark);
            await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await Expect(visit.Page.Locator(".mud-skeleton")).ToHaveCountAsync(0);
            await visit.Page.ScreenshotAsync(new PageScreenshotOptions
            {
                Path = Path.Combine(Folder(), $"{(path.Length == 0 ? "overview" : path)}-{when}-{width}-{(dark ? "dark" : "light")}.png"),
                FullPage = true,
                Animations = ScreenshotAnimations.Disabled,
            });
            Assert.Equal(width, await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        }
    }

    private static string Folder([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../artifacts/screenshots"));
}

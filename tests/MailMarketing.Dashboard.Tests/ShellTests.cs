using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MailMarketing.Dashboard.Tests;

public sealed class ShellTests(Chromium chromium)
{
    private const string IsDark = "() => getComputedStyle(document.body).backgroundColor === 'rgb(17, 22, 21)'";

    [Fact]
    public async Task The_theme_follows_the_system_until_chosen_and_is_remembered()
    {
        await using var host = await DashboardHost.StartAsync("/mail");
        await using var visit = await chromium.VisitAsync(host.Root, dark: true);
        var page = visit.Page;
        await page.WaitForFunctionAsync(IsDark);

        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.WaitForFunctionAsync($"() => !({IsDark})()");

        await page.GetByRole(AriaRole.Button, new() { Name = "Theme" }).ClickAsync();
        await page.GetByText("Dark", new() { Exact = true }).ClickAsync();
        await page.WaitForFunctionAsync(IsDark);
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await page.WaitForFunctionAsync(IsDark);
    }

    [Fact]
    public async Task A_narrow_screen_opens_the_navigation_on_demand()
    {
        await using var host = await DashboardHost.StartAsync("/mail");
        await using var visit = await chromium.VisitAsync(host.Root, width: 390);
        var page = visit.Page;
        var link = page.GetByRole(AriaRole.Link, new() { Name = "Settings", Exact = true });
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Overview");
        await Expect(link).Not.ToBeInViewportAsync();

        var button = page.GetByRole(AriaRole.Button, new() { Name = "Navigation" });
        await Expect(button).ToHaveAttributeAsync("aria-expanded", "false");
        await button.ClickAsync();
        await Expect(link).ToBeInViewportAsync();
        await link.ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Settings");
        Assert.EndsWith("/mail/settings", page.Url, StringComparison.Ordinal);
        Assert.Equal(390, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task The_keyboard_skips_to_the_content()
    {
        await using var host = await DashboardHost.StartAsync("/mail");
        await using var visit = await chromium.VisitAsync(new Uri(host.Root, "settings"));
        var page = visit.Page;
        await Expect(page.GetByLabel("Address")).ToBeVisibleAsync();

        var skip = page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" });
        await skip.FocusAsync();
        await Expect(skip).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("main")).ToBeFocusedAsync();
        Assert.EndsWith("/mail/settings", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sending_side_out_of_reach_is_told_on_every_page()
    {
        await using var host = await DashboardHost.StartAsync(
            "/", configure: mail => mail.Services.AddSingleton<IRemoteSender, UnreachableSender>());
        await using var visit = await chromium.VisitAsync(host.Root);
        var page = visit.Page;
        await Expect(page.GetByText("The sending side cannot be reached now")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Open the settings" }).ClickAsync();

        await Expect(page.GetByText("The settings cannot be shown now")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Look again" })).ToBeVisibleAsync();
    }
}

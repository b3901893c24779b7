using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MailMarketing.Dashboard.Tests;

public sealed class SettingsTests(Chromium chromium)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", null)]
    [InlineData("/admin/mail", DashboardHost.Policy)]
    public async Task Settings_are_filled_and_saved(string path, string? policy)
    {
        await using var host = await DashboardHost.StartAsync(path, policy);
        await using var visit = await chromium.VisitAsync(host.Root, headers: new Dictionary<string, string> { [HeaderSignIn.Name] = "marketer" });
        var page = visit.Page;

        await Expect(page.GetByText("No From address is set")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Open the settings" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Settings");

        await page.GetByLabel("Address").FillAsync("news@example.org");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Example Shop");
        await page.GetByLabel("Reply to").FillAsync("answers@example.org");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save From" }).ClickAsync();
        await Expect(page.GetByText("From saved.")).ToBeVisibleAsync();
        await Expect(page.GetByText("No From address is set")).ToHaveCountAsync(0);

        await page.GetByLabel("User").FillAsync("ada");
        await page.GetByLabel("Password").FillAsync("secret");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save credentials" }).ClickAsync();
        await Expect(page.GetByText("Open", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Password")).ToHaveValueAsync("");

        await page.GetByRole(AriaRole.Button, new() { Name = "Add a header" }).ClickAsync();
        await page.GetByLabel("Header name").FillAsync("X-Shop");
        await page.GetByLabel("Header value").FillAsync("north");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save headers" }).ClickAsync();
        await Expect(page.GetByText("Headers saved.")).ToBeVisibleAsync();

        var settings = (await host.Client.Settings.GetAsync(Stop)).OrThrow();
        Assert.Equal(new Mailbox("Example Shop", "news@example.org"), settings.From);
        Assert.Equal("north", settings.Headers["X-Shop"]);
        Assert.Equal("answers@example.org", settings.Headers["Reply-To"]);
        Assert.True(settings.Lanes[0].Configured);

        await page.ReloadAsync();
        await Expect(page.GetByLabel("Address")).ToHaveValueAsync("news@example.org");
        await Expect(page.GetByLabel("Reply to")).ToHaveValueAsync("answers@example.org");
        await Expect(page.GetByLabel("Header name")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Mistakes_stand_beside_their_fields_and_nothing_is_saved()
    {
        await using var host = await DashboardHost.StartAsync("/");
        await using var visit = await chromium.VisitAsync(new Uri(host.Root, "settings"));
        var page = visit.Page;

        await page.GetByLabel("Address").FillAsync("nobody");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save From" }).ClickAsync();

        await Expect(page.GetByLabel("Address")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.GetByLabel("Address")).ToBeFocusedAsync();
        await Expect(page.Locator(".mud-input-helper-text.mud-input-error")).ToHaveCountAsync(1);

        await page.GetByRole(AriaRole.Button, new() { Name = "Add a header" }).ClickAsync();
        await page.GetByLabel("Header name").FillAsync("Subject");
        await page.GetByLabel("Header value").FillAsync("mine");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save headers" }).ClickAsync();
        await Expect(page.GetByText("is written by MailMarketing itself")).ToBeVisibleAsync();

        var settings = (await host.Client.Settings.GetAsync(Stop)).OrThrow();
        Assert.Null(settings.From);
        Assert.Empty(settings.Headers);
    }
}

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MailMarketing.Dashboard.Tests;

/// <summary>The list that all pages share, tried on the segments.</summary>
public sealed class PagedListTests(Chromium chromium)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_and_search_live_in_the_address()
    {
        await using var host = await DashboardHost.StartAsync("/admin/mail");
        for (var n = 1; n <= 60; n++)
        {
            (await host.Client.Segments.AddAsync($"Segment {n:00}", Stop)).OrThrow();
        }

        await using var visit = await chromium.VisitAsync(new Uri(host.Root, "segments"));
        var page = visit.Page;
        var first = page.Locator("tbody tr td a").First;
        await Expect(first).ToHaveTextAsync("Segment 60");

        await page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await Expect(first).ToHaveTextAsync("Segment 35");
        await page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await Expect(first).ToHaveTextAsync("Segment 10");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Next" })).ToBeDisabledAsync();
        await page.ReloadAsync();
        await Expect(first).ToHaveTextAsync("Segment 10");
        await page.GetByRole(AriaRole.Button, new() { Name = "Previous" }).ClickAsync();
        await Expect(first).ToHaveTextAsync("Segment 35");
        await page.GoBackAsync();
        await Expect(first).ToHaveTextAsync("Segment 10");

        await page.GetByLabel("Search by name").FillAsync("segment 4");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(10);
        await Expect(first).ToHaveTextAsync("Segment 49");
        await page.ReloadAsync();
        await Expect(page.GetByLabel("Search by name")).ToHaveValueAsync("segment 4");
        await page.GetByRole(AriaRole.Button, new() { Name = "Newest first" }).ClickAsync();
        await Expect(first).ToHaveTextAsync("Segment 40");

        await page.GetByLabel("Search by name").FillAsync("nothing like it");
        await Expect(page.GetByText("Nothing matches")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear the search" }).ClickAsync();
        await Expect(first).ToHaveTextAsync("Segment 01");
        await Expect(page.GetByLabel("Search by name")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task A_cursor_of_nobodys_is_told_in_words()
    {
        await using var host = await DashboardHost.StartAsync("/");
        await using var visit = await chromium.VisitAsync(new Uri(host.Root, "segments?after=garbage"));

        await Expect(visit.Page.GetByText("The cursor is not one this list handed out")).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "First", Exact = true }).ClickAsync();
        await Expect(visit.Page.GetByText("No segments yet")).ToBeVisibleAsync();
    }
}

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MailMarketing.Dashboard.Tests.Pages;

/// <summary>Campaigns that start by themselves, and files of what a start would do. The browser is in Berlin.</summary>
public sealed class CampaignScheduleTests(Chromium chromium, SharedHost shared) : IClassFixture<SharedHost>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_draft_is_scheduled_in_the_visitors_time_zone_given_another_time_and_made_a_draft_again()
    {
        var campaign = await shared.DraftAsync("May letter");
        await using var visit = await chromium.VisitAsync(shared.At($"campaigns/{campaign.Id}"));
        var page = visit.Page;
        var (state, dialog) = (page.Locator(".mm-header .mm-chip"), page.GetByRole(AriaRole.Dialog));
        await page.GetByRole(AriaRole.Button, new() { Name = "Schedule…" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("Time zone: Europe/Berlin (UTC+0");
        await dialog.GetByLabel("Date").FillAsync("2099-05-01");
        await dialog.GetByLabel("Time").FillAsync("08:30");
        await Expect(dialog).ToContainTextAsync("(UTC+02:00)");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Schedule" }).ClickAsync();
        await Expect(state).ToHaveTextAsync("Scheduled");
        await Expect(page.Locator(".mm-facts").Filter(new() { HasText = "Starts" })).ToContainTextAsync("1 May 2099, 08:30");
        await Expect(page.Locator(".mm-facts").Filter(new() { HasText = "Starts" })).ToContainTextAsync("Europe/Berlin (UTC+02:00)");
        Assert.Equal(new DateTimeOffset(2099, 5, 1, 6, 30, 0, TimeSpan.Zero), (await CampaignAsync(campaign.Id)).ScheduledAt);

        await page.GetByRole(AriaRole.Button, new() { Name = "Change the time…" }).ClickAsync();
        await Expect(dialog.GetByLabel("Date")).ToHaveValueAsync("2099-05-01");
        await Expect(dialog.GetByLabel("Time")).ToHaveValueAsync("08:30");
        await dialog.GetByLabel("Date").FillAsync("2020-01-01");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Change the time" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("The time to start at has passed");
        await dialog.GetByLabel("Date").FillAsync("2099-12-01");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Change the time" }).ClickAsync();
        await Expect(page.Locator(".mm-facts").Filter(new() { HasText = "Starts" })).ToContainTextAsync("1 Dec 2099, 08:30");
        Assert.Equal(new DateTimeOffset(2099, 12, 1, 7, 30, 0, TimeSpan.Zero), (await CampaignAsync(campaign.Id)).ScheduledAt);

        await page.GetByRole(AriaRole.Button, new() { Name = "Back to draft" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Back to draft" }).ClickAsync();
        await Expect(state).ToHaveTextAsync("Draft");
        Assert.Equal(CampaignState.Draft, (await CampaignAsync(campaign.Id)).State);
    }

    [Fact]
    public async Task A_page_left_open_sees_the_campaign_start_and_one_that_could_not_says_why()
    {
        var empty = (await shared.Client.Segments.AddAsync("Nobody yet", Stop)).OrThrow();
        var hopeless = await shared.DraftAsync("To nobody");
        await shared.Client.Campaigns.UpdateAsync(hopeless.Id, hopeless.Draft with { SegmentIds = [empty.Id] }, Stop);
        var campaign = await shared.DraftAsync("By itself");
        await using var visit = await chromium.VisitAsync(shared.At($"campaigns/{campaign.Id}"));
        var (page, now) = (visit.Page, TimeProvider.System.GetUtcNow());
        await Expect(page.Locator(".mm-header .mm-chip")).ToHaveTextAsync("Draft");
        (await shared.Client.Campaigns.ScheduleAsync(hopeless.Id, now, Stop)).OrThrow();
        (await shared.Client.Campaigns.ScheduleAsync(campaign.Id, now.AddSeconds(3), Stop)).OrThrow();
        await page.ReloadAsync();
        await Expect(page.Locator(".mm-header .mm-chip")).ToHaveTextAsync("Completed");

        await page.GotoAsync(shared.At($"campaigns/{hopeless.Id}").ToString());
        await Expect(page.Locator(".mm-header .mm-chip")).ToHaveTextAsync("Draft");
        await Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("It did not start at its time.");
        await Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("reaches nobody");
    }

    [Fact]
    public async Task A_dry_run_is_downloaded()
    {
        var campaign = await shared.DraftAsync("Tried before");
        await using var visit = await chromium.VisitAsync(shared.At($"campaigns/{campaign.Id}"));
        var page = visit.Page;

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Dry run" }).ClickAsync());

        Assert.Equal($"campaign-{campaign.Id}-dry-run.jsonl", download.SuggestedFilename);
        var lines = await File.ReadAllLinesAsync(await download.PathAsync(), Stop);
        Assert.Equal(61, lines.Length);
        Assert.Contains("\"decision\":\"send\"", lines[0], StringComparison.Ordinal);
        Assert.Contains((await CampaignAsync(campaign.Id)).DryRun!.Manifest, lines[^1], StringComparison.Ordinal);
        await page.ReloadAsync();
        await Expect(page.Locator(".mm-dry-run")).ToContainTextAsync("The last one: 60 to send, 0 suppressed, 0 with errors.");
    }

    private async Task<Campaign> CampaignAsync(long id) => (await shared.Client.Campaigns.GetAsync(id, Stop))!;
}

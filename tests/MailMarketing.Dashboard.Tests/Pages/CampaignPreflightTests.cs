using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MailMarketing.Dashboard.Tests.Pages;

/// <summary>What the start dialog says of a campaign, and what it lets a person do.</summary>
public sealed class CampaignPreflightTests(Chromium chromium, SharedHost shared) : IClassFixture<SharedHost>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Warnings_need_a_click_and_say_what_to_do()
    {
        var campaign = await DraftAsync("Doubtful", "<p>Hello {{ attributes.city ?? name }}</p><a href='#'>Shop</a>");
        await using var visit = await OpenAsync(campaign);
        var (dialog, page) = (visit.Page.GetByRole(AriaRole.Dialog), visit.Page);
        var start = dialog.GetByRole(AriaRole.Button, new() { Name = "Send to 60 people" });
        await Expect(dialog.Locator("[data-code=links]")).ToContainTextAsync("A link leads nowhere");
        await Expect(dialog.Locator("[data-code=links]")).ToContainTextAsync("Give each link an address that begins with https://.");
        await Expect(dialog.Locator("[data-code=unsubscribe]")).ToContainTextAsync("There is no unsubscribe link");
        await Expect(dialog.Locator("[data-code=spf]")).ToBeHiddenAsync();
        await dialog.GetByText("are well").ClickAsync();
        await Expect(dialog.Locator("[data-code=spf]")).ToBeVisibleAsync();
        await Expect(start).ToBeDisabledAsync();

        await dialog.GetByLabel("Start it all the same").CheckAsync();
        await start.ClickAsync();

        await Expect(page.Locator(".mm-header .mm-chip")).ToHaveTextAsync("Completed");
    }

    [Fact]
    public async Task Errors_keep_it_from_starting()
    {
        var campaign = await DraftAsync("Hopeless", "<p>Hello {{ attributes.nowhere }}</p><a href='{{ unsubscribe_url }}'>Out</a>");
        await using var visit = await OpenAsync(campaign);
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.Locator("[data-code=names]")).ToContainTextAsync("The email can be made for nobody");
        await Expect(dialog.Locator("[data-code=names]")).ToContainTextAsync("person1@example.org: ");
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Send to 60 people" })).ToBeDisabledAsync();
        await Expect(dialog.GetByRole(AriaRole.Checkbox)).ToHaveCountAsync(0);
        Assert.Equal(CampaignState.Draft, (await shared.Client.Campaigns.GetAsync(campaign.Id, Stop))!.State);
    }

    [Fact]
    public async Task Name_servers_that_are_away_are_a_warning_that_says_so()
    {
        var campaign = await shared.DraftAsync("Offline");
        shared.Host.Records.Away = true;
        try
        {
            await using var visit = await OpenAsync(campaign);
            await Expect(visit.Page.GetByRole(AriaRole.Dialog).Locator("[data-code=dmarc]")).ToContainTextAsync("DNS could not be reached");
            await Expect(visit.Page.GetByLabel("Start it all the same")).ToBeVisibleAsync();
        }
        finally
        {
            shared.Host.Records.Away = false;
        }
    }

    private async Task<Visit> OpenAsync(Campaign campaign)
    {
        var visit = await chromium.VisitAsync(shared.At($"campaigns/{campaign.Id}"));
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Start…" }).ClickAsync();
        return visit;
    }

    private async Task<Campaign> DraftAsync(string name, string html)
    {
        var template = (await shared.Client.Templates.AddAsync(name, new() { Subject = "Hello", Html = html }, Stop)).OrThrow();
        var draft = await shared.DraftAsync(name);
        return (await shared.Client.Campaigns.UpdateAsync(draft.Id, draft.Draft with { TemplateId = template.Id }, Stop)).OrThrow();
    }
}

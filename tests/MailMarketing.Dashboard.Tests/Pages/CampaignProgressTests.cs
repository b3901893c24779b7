using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MailMarketing.Dashboard.Tests.Pages;

/// <summary>Campaigns on their way. The tests of a class run one after the other, so that each has the gateway for itself.</summary>
public sealed class CampaignProgressTests(Chromium chromium, SharedHost shared) : IClassFixture<SharedHost>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Progress_is_live_and_the_campaign_can_be_paused_and_resumed()
    {
        shared.Gateway.Answer = message => GatewayResult.Accepted(message.IdempotencyKey);
        shared.Gateway.Hold();
        var campaign = await shared.DraftAsync("Live");
        await using var visit = await chromium.VisitAsync(shared.At($"campaigns/{campaign.Id}"));
        var page = visit.Page;
        var (state, sent) = (page.Locator(".mm-header .mm-chip"), page.Locator(".mm-outcome-head strong"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Start…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send to 60 people" }).ClickAsync();
        await Expect(state).ToHaveTextAsync("Running");
        await Expect(page.Locator(".mm-outcome-head")).ToContainTextAsync("60 still to come");
        await page.EvaluateAsync("() => { window.sameDocument = true; }");

        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Expect(state).ToHaveTextAsync("Paused");
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Expect(state).ToHaveTextAsync("Running");
        await Expect(sent).ToHaveTextAsync("0");

        shared.Gateway.Release();
        await Expect(sent).ToHaveTextAsync("60");
        await Expect(state).ToHaveTextAsync("Completed");
        await Expect(page.Locator("tbody .mm-is-success")).ToHaveCountAsync(25);
        Assert.True(await page.EvaluateAsync<bool>("() => window.sameDocument"));
    }

    [Fact]
    public async Task Cancelling_ends_what_was_not_sent()
    {
        shared.Gateway.Hold();
        var campaign = await shared.DraftAsync("Ended");
        (await shared.Client.Campaigns.StartAsync(campaign.Id, Stop)).OrThrow();
        await using var visit = await chromium.VisitAsync(shared.At($"campaigns/{campaign.Id}"));
        var page = visit.Page;
        // By the keyboard: the page moves while the campaign is sent
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel campaign" }).PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "End the campaign" }).PressAsync("Enter");
        await Expect(page.Locator(".mm-header .mm-chip")).ToHaveTextAsync("Cancelled");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Pause" })).ToHaveCountAsync(0);

        shared.Gateway.Release();
        await Expect(page.Locator(".mm-outcome-head")).ToContainTextAsync("none still to come");
    }

    [Fact]
    public async Task Deliveries_are_filtered_searched_paged_and_retried()
    {
        // person1, person11, person21, person31, person41 and person51
        shared.Gateway.Answer = message => message.To.Email.Contains("1@", StringComparison.Ordinal)
            ? new GatewayResult(GatewayOutcome.Rejected, "No such mailbox.")
            : GatewayResult.Accepted(message.IdempotencyKey);
        var campaign = await shared.DraftAsync("Counted");
        (await shared.Client.Campaigns.StartAsync(campaign.Id, Stop)).OrThrow();
        await using var visit = await chromium.VisitAsync(shared.At($"campaigns/{campaign.Id}"));
        var page = visit.Page;
        var rows = page.Locator("tbody tr");
        await Expect(page.Locator(".mm-header .mm-chip")).ToHaveTextAsync("Completed");
        await Expect(page.Locator(".mm-outcome-head strong")).ToHaveTextAsync("54");

        await Expect(rows).ToHaveCountAsync(25);
        await page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await Expect(rows.First).ToContainTextAsync("person26@example.org");
        await page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(10);
        await page.GetByLabel("Search by address").FillAsync("person5");
        await Expect(rows).ToHaveCountAsync(11);
        await page.GetByLabel("Search by address").FillAsync("");
        await Expect(rows).ToHaveCountAsync(25);

        await page.GetByRole(AriaRole.Link, new() { Name = "Failed" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(6);
        await Expect(rows.First).ToContainTextAsync("No such mailbox.");
        await page.ReloadAsync();
        await Expect(rows).ToHaveCountAsync(6);

        shared.Gateway.Answer = message => GatewayResult.Accepted(message.IdempotencyKey);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Retry selected" })).ToBeDisabledAsync();
        await page.GetByLabel("Select person11@example.org").CheckAsync();
        await page.GetByLabel("Select person21@example.org").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Retry selected (2)" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(4);
        await Expect(page.Locator(".mm-outcome-head strong")).ToHaveTextAsync("56");

        await page.GetByRole(AriaRole.Button, new() { Name = "Retry failed" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();
        await Expect(page.GetByText("No delivery has this status")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show all deliveries" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(25);
        await Expect(page.Locator(".mm-outcome-head strong")).ToHaveTextAsync("60");
    }
}

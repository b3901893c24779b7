using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MailMarketing.Dashboard.Tests.Pages;

/// <summary>What a person settles in the page. The tests of a class run one after the other, so that each has the gateway for itself.</summary>
public sealed class CampaignSettlingTests(Chromium chromium, SharedHost shared) : IClassFixture<SharedHost>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unknown_deliveries_are_marked_as_sent_or_sent_again()
    {
        // person1, person11, person21, person31, person41 and person51
        shared.Gateway.Answer = message => message.To.Email.Contains("1@", StringComparison.Ordinal)
            ? new GatewayResult(GatewayOutcome.Ambiguous, "The connection broke.")
            : GatewayResult.Accepted(message.IdempotencyKey);
        var campaign = await shared.DraftAsync("In doubt");
        (await shared.Client.Campaigns.StartAsync(campaign.Id, Stop)).OrThrow();
        await using var visit = await chromium.VisitAsync(shared.At($"campaigns/{campaign.Id}?status=unknown"));
        var (page, rows) = (visit.Page, visit.Page.Locator("tbody tr"));
        await Expect(page.Locator(".mm-header .mm-chip")).ToHaveTextAsync("Completed");
        await Expect(rows).ToHaveCountAsync(6);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Mark as sent" })).ToBeDisabledAsync();
        shared.Gateway.Answer = message => GatewayResult.Accepted(message.IdempotencyKey);

        await page.GetByLabel("Select person11@example.org").CheckAsync();
        await page.GetByLabel("Select person21@example.org").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark as sent (2)" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Do this where you found out that they went out");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Mark as sent" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(4);
        await Expect(page.Locator(".mm-outcome-head strong")).ToHaveTextAsync("56");

        await page.GetByLabel("Select person31@example.org").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send again (1)" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("gets it twice");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(3);
        await Expect(page.Locator(".mm-outcome-head strong")).ToHaveTextAsync("57");

        await page.GotoAsync(shared.At($"campaigns/{campaign.Id}?search=person11").ToString());
        await Expect(rows).ToHaveCountAsync(1);
        await Expect(rows).ToContainTextAsync("said by a person");
    }

    [Fact]
    public async Task What_does_not_add_up_stands_above_all_until_it_does()
    {
        shared.Gateway.Answer = message => GatewayResult.Accepted(message.IdempotencyKey);
        var campaign = await shared.DraftAsync("Lost one");
        (await shared.Client.Campaigns.StartAsync(campaign.Id, Stop)).OrThrow();
        await using var visit = await chromium.VisitAsync(shared.At($"campaigns/{campaign.Id}"));
        var page = visit.Page;
        await Expect(page.Locator(".mm-header .mm-chip")).ToHaveTextAsync("Completed");
        await Expect(page.Locator(".mm-facts").Filter(new() { HasText = "Adds up" })).ToContainTextAsync("Yes, checked");

        await SpoilAsync($"UPDATE campaign_count SET n = n + 1 WHERE campaign_id = {campaign.Id} AND state = 8");
        Assert.Single((await shared.Client.Deliveries.ReconcileAsync(campaign.Id, Stop)).OrThrow().Differences);
        await page.ReloadAsync();
        var alert = page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "do not add up" });
        await Expect(alert).ToContainTextAsync("By the counts 61 deliveries are success, and there are 60.");

        await SpoilAsync($"UPDATE campaign_count SET n = n - 1 WHERE campaign_id = {campaign.Id} AND state = 8");
        await alert.GetByRole(AriaRole.Button, new() { Name = "Check again" }).ClickAsync();
        await Expect(alert).ToHaveCountAsync(0);
    }

    private async Task SpoilAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={shared.Host.Database};Pooling=False");
        await connection.OpenAsync(Stop);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Stop);
    }
}

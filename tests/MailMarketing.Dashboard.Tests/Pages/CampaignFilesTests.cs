using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MailMarketing.Dashboard.Tests.Pages;

/// <summary>Files that a campaign's emails carry beside the template's.</summary>
public sealed class CampaignFilesTests(Chromium chromium, SharedHost shared) : IClassFixture<SharedHost>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_are_attached_to_a_draft_beside_those_of_its_template_and_taken_away()
    {
        using var content = new MemoryStream("All of it"u8.ToArray());
        var terms = (await shared.Client.Attachments.AddAsync("terms.txt", "text/plain", content, Stop)).OrThrow();
        var source = new TemplateSource { Subject = "s", Text = "Hello {{ unsubscribe_url }}", Attachments = [terms] };
        var template = (await shared.Client.Templates.AddAsync("With terms", source, Stop)).OrThrow();
        var draft = await shared.DraftAsync("With files");
        (await shared.Client.Campaigns.UpdateAsync(draft.Id, draft.Draft with { TemplateId = template.Id }, Stop)).OrThrow();
        await using var visit = await chromium.VisitAsync(shared.At($"campaigns/{draft.Id}/edit"));
        var page = visit.Page;
        var files = page.GetByRole(AriaRole.Group, new() { Name = "Attachments" });
        var (input, items) = (files.GetByLabel("Attach a file"), files.GetByRole(AriaRole.Listitem));
        await Expect(items).ToHaveTextAsync(new Regex("^\\s*terms.txt\\s+text/plain, 1 KiB, from the template\\s*$"));
        await Expect(files.GetByRole(AriaRole.Button, new() { Name = "Remove terms.txt" })).ToHaveCountAsync(0);

        await input.ChooseAsync("Terms.txt", [1], files.GetByText("The template carries a file called Terms.txt already"));
        await input.ChooseAsync("large.bin", new byte[2 * 1024 * 1024], files.GetByText("The files of an email may have 2 MiB together"));
        await input.ChooseAsync("map.txt", Encoding.UTF8.GetBytes("There"), items.Filter(new() { HasText = "map.txt" }));
        await input.ChooseAsync("menu.txt", Encoding.UTF8.GetBytes("Apples"), items.Filter(new() { HasText = "menu.txt" }));
        await Expect(files.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await files.ScreenshotAsync(new LocatorScreenshotOptions { Path = Path.Combine(ScreenshotTests.Pictures, "campaign-files.png") });
        await SaveAsync();

        var shown = page.Locator(".mm-facts").Filter(new() { HasText = "Attachments" });
        await Expect(shown).ToContainTextAsync("map.txt 1 KiB");
        await Expect(shown).ToContainTextAsync("menu.txt 1 KiB");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(ScreenshotTests.Pictures, "campaign-with-files.png") });
        Assert.Equal(["map.txt", "menu.txt"], await StoredAsync());

        await page.GotoAsync(shared.At($"campaigns/{draft.Id}/edit").ToString());
        await files.GetByRole(AriaRole.Button, new() { Name = "Remove map.txt" }).ClickAsync();
        await Expect(items).ToHaveCountAsync(2);
        await SaveAsync();
        Assert.Equal(["menu.txt"], await StoredAsync());

        async Task SaveAsync()
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Save the draft" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("With files");
        }

        async Task<IEnumerable<string>> StoredAsync() =>
            ((await shared.Client.Campaigns.GetAsync(draft.Id, Stop))!.Draft.Attachments ?? []).Select(file => file.Name);
    }
}

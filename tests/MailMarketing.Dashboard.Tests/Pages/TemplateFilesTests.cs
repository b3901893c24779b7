using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MailMarketing.Dashboard.Tests.Pages;

/// <summary>Files that a template's emails carry.</summary>
public sealed class TemplateFilesTests(Chromium chromium, SharedHost shared) : IClassFixture<SharedHost>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_are_attached_listed_and_taken_away()
    {
        var source = new TemplateSource { Subject = "s", Text = "Hello {{ unsubscribe_url }}" };
        var template = (await shared.Client.Templates.AddAsync("With files", source, Stop)).OrThrow();
        await using var visit = await chromium.VisitAsync(shared.At($"templates/{template.Id}/edit"));
        var page = visit.Page;
        var files = page.GetByRole(AriaRole.Group, new() { Name = "Attachments" });
        var input = files.GetByLabel("Attach a file");

        var items = files.GetByRole(AriaRole.Listitem);
        await input.ChooseAsync("empty.txt", [], files.GetByText("The file is empty."));
        await input.ChooseAsync("large.bin", new byte[(2 * 1024 * 1024) + 1], files.GetByText("The files of an email may have 2 MiB together"));
        await input.ChooseAsync("terms.txt", Encoding.UTF8.GetBytes("All of it"), items.Filter(new() { HasText = "terms.txt" }));
        await Expect(files.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await input.ChooseAsync("map.txt", Encoding.UTF8.GetBytes("There"), items.Filter(new() { HasText = "map.txt" }));
        await Expect(items).ToHaveCountAsync(2);
        await files.ScreenshotAsync(new LocatorScreenshotOptions { Path = Path.Combine(ScreenshotTests.Pictures, "template-files.png") });
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the template" }).ClickAsync();

        await Expect(page.GetByText("Template saved.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Attachments" })).ToContainTextAsync("terms.txt, 1 KiB");
        var stored = (await shared.Client.Templates.GetAsync(template.Id, Stop))!.Source.Attachments!;
        Assert.Equal([("terms.txt", "text/plain", 9L), ("map.txt", "text/plain", 5L)], stored.Select(file => (file.Name, file.ContentType, file.Size)));
        Assert.Equal("All of it", Encoding.UTF8.GetString((await shared.Client.Attachments.ReadAsync(stored[0].Hash, Stop))!));

        await page.GotoAsync(shared.At($"templates/{template.Id}/edit").ToString());
        await files.GetByRole(AriaRole.Button, new() { Name = "Remove terms.txt" }).ClickAsync();
        await Expect(items).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the template" }).ClickAsync();
        await Expect(page.GetByText("Template saved.")).ToBeVisibleAsync();
        Assert.Equal(["map.txt"], (await shared.Client.Templates.GetAsync(template.Id, Stop))!.Source.Attachments!.Select(file => file.Name));
    }
}

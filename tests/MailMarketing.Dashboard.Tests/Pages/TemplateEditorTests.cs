using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MailMarketing.Dashboard.Tests.Pages;

public sealed class TemplateEditorTests(Chromium chromium, SharedHost shared) : IClassFixture<SharedHost>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Markdown_a_preheader_and_a_translation_are_written_and_found_again()
    {
        await using var visit = await chromium.VisitAsync(shared.At("templates/add"));
        var page = visit.Page;
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Harvest letter");
        await page.GetByLabel("Subject", new() { Exact = true }).FillAsync("Hello {{ email }}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Markdown" }).ClickAsync();
        await page.GetByLabel("Markdown", new() { Exact = true }).FillAsync("# Hello {{ email }}");
        await page.GetByLabel("Preheader", new() { Exact = true }).FillAsync("All that is new");
        await Expect(page.FrameLocator("iframe").GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Hello ada@example.org");

        await page.GetByRole(AriaRole.Button, new() { Name = "Add a language" }).ClickAsync();
        await page.GetByLabel("Language tag").FillAsync("de");
        await page.GetByLabel("Subject, de", new() { Exact = true }).FillAsync("Hallo {{ emial }}");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Subject, de, column 10" })).ToBeVisibleAsync();
        await page.GetByLabel("Subject, de", new() { Exact = true }).FillAsync("Hallo {{ email }}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the template" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First).ToHaveTextAsync("Harvest letter");
        var stored = (await shared.Client.Templates.ListAsync(new PageRequest { Search = "harvest" }, Stop)).OrThrow().Items.Single();
        Assert.Equal(
            ("Hello {{ email }}", null, "# Hello {{ email }}", "All that is new"),
            (stored.Source.Subject, stored.Source.Html, stored.Source.Markdown, stored.Source.Preheader));
        var (language, translation) = Assert.Single(stored.Source.Translations!);
        Assert.Equal(
            ("de", "Hallo {{ email }}", "# Hello {{ email }}", "All that is new"),
            (language, translation.Subject, translation.Markdown, translation.Preheader));

        await page.GotoAsync(shared.At($"templates/{stored.Id}/edit").ToString());
        await Expect(page.GetByLabel("Markdown", new() { Exact = true })).ToHaveValueAsync("# Hello {{ email }}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove this language" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the template" }).ClickAsync();
        await Expect(page.GetByText("Template saved.")).ToBeVisibleAsync();
        Assert.Null((await shared.Client.Templates.GetAsync(stored.Id, Stop))!.Source.Translations);
    }

    [Fact]
    public async Task A_new_template_can_begin_with_a_finished_email()
    {
        await using var visit = await chromium.VisitAsync(shared.At("templates/add"));
        var page = visit.Page;
        var starters = page.GetByRole(AriaRole.Navigation, new() { Name = "Begin with" }).GetByRole(AriaRole.Link);
        await Expect(starters).ToHaveCountAsync(1 + StarterTemplates.All.Count);
        await starters.Filter(new() { HasText = "Newsletter" }).ClickAsync();
        await Expect(page.GetByLabel("Subject", new() { Exact = true })).ToHaveValueAsync(StarterTemplates.Newsletter.Source.Subject);
        await Expect(page.FrameLocator("iframe").GetByText("Dear Ada,")).ToBeVisibleAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("May newsletter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the template" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First).ToHaveTextAsync("May newsletter");
        var stored = (await shared.Client.Templates.ListAsync(new PageRequest { Search = "May newsletter" }, Stop)).OrThrow().Items.Single();
        Assert.Equal(StarterTemplates.Newsletter.Source, stored.Source with { Translations = null });
    }

    [Fact]
    public async Task A_layout_has_no_subject()
    {
        await using var visit = await chromium.VisitAsync(shared.At("templates/add"));
        var page = visit.Page;
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Frame");
        await page.GetByRole(AriaRole.Button, new() { Name = "Layout" }).ClickAsync();
        await Expect(page.GetByLabel("Subject", new() { Exact = true })).ToHaveCountAsync(0);
        await page.GetByLabel("HTML", new() { Exact = true }).FillAsync("<b>{{ content }}</b>");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the template" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Frame");
        var stored = (await shared.Client.Templates.ListAsync(new PageRequest { Search = "frame" }, Stop)).OrThrow().Items.Single();
        Assert.Equal(new TemplateSource { Subject = "", Html = "<b>{{ content }}</b>", Kind = TemplateKind.Layout }, stored.Source);
    }
}

using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MailMarketing.Dashboard.Tests.Pages;

public sealed class TemplatePreviewTests(Chromium chromium, SharedHost shared) : IClassFixture<SharedHost>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Dark_shows_what_the_email_says_for_it_whatever_the_dashboard_looks_like(bool dark)
    {
        var template = await AddAsync($"Dark {dark}", "Hello", """
            <meta name="color-scheme" content="light dark">
            <style>p { color: rgb(1, 2, 3); } @media (prefers-color-scheme: dark) { p { color: rgb(201, 202, 203) !important; } }</style>
            <p>Dear {{ email }}</p>
            """);
        await using var visit = await chromium.VisitAsync(shared.At($"templates/{template.Id}"), dark: dark);
        var page = visit.Page;
        var paragraph = page.FrameLocator("iframe").GetByText("Dear ada@example.org");
        await Expect(paragraph).ToHaveCSSAsync("color", "rgb(1, 2, 3)");
        await Choice(page, "Dark").ClickAsync();
        await Expect(paragraph).ToHaveCSSAsync("color", "rgb(201, 202, 203)");
        await Expect(page.FrameLocator("iframe").Locator(":root")).ToHaveCSSAsync("color-scheme", "dark");
        await Expect(page.GetByText("What the email itself says for dark mode.")).ToBeVisibleAsync();
        await Choice(page, "Light").ClickAsync();
        await Expect(page.FrameLocator("iframe").Locator(":root")).ToHaveCSSAsync("color-scheme", "light");
        await Expect(paragraph).ToHaveCSSAsync("color", "rgb(1, 2, 3)");
    }

    [Fact]
    public async Task Dark_tells_where_the_email_says_nothing_for_it()
    {
        var template = await AddAsync("Plain", "Hello", "<p>Dear {{ email }}</p>");
        await using var visit = await chromium.VisitAsync(shared.At($"templates/{template.Id}"));
        await Choice(visit.Page, "Dark").ClickAsync();
        await Expect(visit.Page.GetByText("The email says nothing for dark mode")).ToBeVisibleAsync();
        await Expect(visit.Page.FrameLocator("iframe").Locator(":root")).ToHaveCSSAsync("color-scheme", "light");
    }

    [Fact]
    public async Task Raw_shows_the_source_as_it_is_sent()
    {
        var template = await AddAsync("Raw", "Hello", "<style>p { color: red }</style><p>Dear {{ email }}</p>");
        await using var visit = await chromium.VisitAsync(shared.At($"templates/{template.Id}"));
        await Choice(visit.Page, "Raw").ClickAsync();
        var source = visit.Page.Locator(".mm-mail-body pre");
        await Expect(source).ToContainTextAsync("Dear ada@example.org</p>");
        await Expect(source).ToContainTextAsync("<p style=\"color: ");
        await Expect(visit.Page.Locator("iframe")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Compare_shows_the_email_for_several_people()
    {
        var city = new Dictionary<string, JsonElement> { ["city"] = JsonSerializer.SerializeToElement("Ulm") };
        var reader = new ContactData { Email = "reader@example.com", Name = "The Reader", Attributes = city };
        var id = (await shared.Client.Contacts.AddAsync(reader, Stop)).OrThrow().Id;
        var readers = (await shared.Client.Segments.AddAsync("Readers", Stop)).OrThrow();
        (await shared.Client.Segments.AddMembersAsync(readers.Id, [id], Stop)).OrThrow();
        var template = await AddAsync(
            "Compared", "Hello {{ name }}", "<p>Dear {{ name }} of {{ attributes.city }}{{ if segments | array.contains 'Readers' }} (reader){{ end }}</p>");
        await using var visit = await chromium.VisitAsync(shared.At($"templates/{template.Id}"));
        var page = visit.Page;
        await page.GetByLabel("Shown for").PickAsync("reader@");
        await Expect(page.FrameLocator("iframe").GetByText("Dear The Reader of Ulm (reader)")).ToBeVisibleAsync();
        await Choice(page, "Compare").ClickAsync();

        var people = page.GetByRole(AriaRole.List, new() { Name = "The email for several people" }).GetByRole(AriaRole.Listitem);
        await Expect(people).ToHaveCountAsync(SampleContacts.All.Count);
        await ShowsAsync("reader@example.com", "Dear The Reader of Ulm");
        await ShowsAsync("Right to left", "Dear ليلى المنصوري of Ulm (reader)");
        await ShowsAsync("Other script", "Dear 太郎 𠮷田 of Ulm");
        await ShowsAsync("Longest names", $"Dear {SampleContacts.LongestNames.Contact.Name} of Ulm");

        // Nothing is known of that one, and the template says nothing for it
        await Expect(Of("Address only").Locator("iframe")).ToHaveCountAsync(0);
        await Expect(Of("Address only").GetByText("city")).ToBeVisibleAsync();

        await Choice(page, "Text").ClickAsync();
        await Expect(Of("Right to left").Locator("pre")).ToContainTextAsync("ليلى");
        await Choice(page, "One").ClickAsync();
        await Expect(people).ToHaveCountAsync(0);
        await Expect(page.Locator(".mm-mail")).ToHaveCountAsync(1);

        ILocator Of(string person) => people.Filter(new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = person }) });

        Task ShowsAsync(string person, string text) => Expect(Of(person).FrameLocator("iframe").GetByText(text)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_comparison_follows_what_is_written_and_stays_through_a_mistake()
    {
        await using var visit = await chromium.VisitAsync(shared.At("templates/add"));
        var page = visit.Page;
        var html = page.GetByLabel("HTML", new() { Exact = true });
        var people = page.Locator(".mm-compare > li");
        await page.GetByLabel("Subject", new() { Exact = true }).FillAsync("Hello {{ email }}");
        await html.FillAsync("<p>Dear {{ name }}</p>");
        await Expect(page.FrameLocator("iframe").GetByText("Dear Ada Lovelace")).ToBeVisibleAsync();
        await Choice(page, "Compare").ClickAsync();
        await Expect(people.First.FrameLocator("iframe").GetByText("Dear Ada Lovelace")).ToBeVisibleAsync();

        await html.FillAsync("<p>Good day, {{ nam }}</p>");
        await Expect(page.GetByText("This is how it was before the mistakes.")).ToBeVisibleAsync();
        await Expect(page.Locator(".mm-compare.mm-stale > li")).ToHaveCountAsync(SampleContacts.All.Count);
        await html.FillAsync("<p>Good day, {{ name }}</p>");
        await Expect(people.First.FrameLocator("iframe").GetByText("Good day, Ada Lovelace")).ToBeVisibleAsync();
        await Expect(people.Last.FrameLocator("iframe").GetByText("Good day, <b>Mark</b>")).ToBeVisibleAsync();
    }

    private static ILocator Choice(IPage page, string name) =>
        page.Locator(".mm-preview").GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private async Task<EmailTemplate> AddAsync(string name, string subject, string html) =>
        (await shared.Client.Templates.AddAsync(name, new TemplateSource { Subject = subject, Html = html }, Stop)).OrThrow();
}

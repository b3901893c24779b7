using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MailMarketing.Dashboard.Tests.Pages;

/// <summary>The editor of a template's parts: what it colours, underlines and offers.</summary>
public sealed class CodeEditorTests(Chromium chromium, ModelHost shared) : IClassFixture<ModelHost>
{
    private const string Long = "Ein sehr langer Absatz, der in keinem Fenster in eine Zeile passt und deshalb umbrochen wird, "
        + "mit {{ attributes.city }} und {{ attributes.orders | array.size }} und noch mehr Worten danach, damit es sicher reicht.";

    [Fact]
    public async Task A_declared_attribute_is_offered_and_put_in_by_the_keyboard_alone()
    {
        await using var visit = await OpenAsync();
        var (page, html) = (visit.Page, Field(visit, "HTML"));
        await html.FocusAsync();
        await page.Keyboard.TypeAsync("<p>{{ ci");
        await Expect(Offers(page).First).ToContainTextAsync("attributes.city");
        var (offer, field) = (await Offers(page).First.BoundingBoxAsync(), await html.BoundingBoxAsync());
        Assert.InRange(offer!.X - field!.X, 50, 200);
        Assert.InRange(offer.Y - field.Y, 20, 60);
        await page.Keyboard.PressAsync("Enter");
        await Expect(html).ToHaveValueAsync("<p>{{ attributes.city");
        await Expect(Offers(page)).ToHaveCountAsync(0);

        await page.Keyboard.TypeAsync(" | string.upc");
        await Expect(Offers(page)).ToHaveTextAsync(new Regex("string\\.upcase"));
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(" }}</p>");
        await Expect(html).ToHaveValueAsync("<p>{{ attributes.city | string.upcase }}</p>");

        // With nothing on offer, Tab leaves
        await page.Keyboard.PressAsync("Tab");
        await Expect(Field(visit, "Text")).ToBeFocusedAsync();
        await html.FillAsync("{{ for order in attributes.orders }}");
        await page.Keyboard.PressAsync("Shift+Tab");
        await html.FocusAsync();
        await page.Keyboard.PressAsync("Control+End");
        await page.Keyboard.TypeAsync("{{ order.");
        await Expect(Offers(page)).ToHaveTextAsync([new Regex("order\\.price"), new Regex("order\\.title")]);
        await page.Keyboard.PressAsync("Escape");
        await Expect(Offers(page)).ToHaveCountAsync(0);
        await Expect(html).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Layouts_partials_and_all_names_are_offered()
    {
        await using var visit = await OpenAsync();
        var (page, html) = (visit.Page, Field(visit, "HTML"));
        await html.FocusAsync();
        await page.Keyboard.TypeAsync("{{ layout 'b");
        await Expect(Offers(page)).ToHaveTextAsync(new Regex("^base"));
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.TypeAsync("' }}{{ include 'f");
        await Expect(Offers(page)).ToHaveTextAsync(new Regex("^footer"));
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.TypeAsync("' }}");
        await Expect(html).ToHaveValueAsync("{{ layout 'base' }}{{ include 'footer' }}");

        var subject = Field(visit, "Subject");
        await subject.FocusAsync();
        await page.Keyboard.TypeAsync("Dear {{ ");
        await Expect(Offers(page)).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Control+Space");
        await Expect(Offers(page).Filter(new() { HasText = "unsubscribe_url" })).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.TypeAsync("first_n");
        await Expect(Offers(page).First).ToHaveAttributeAsync("aria-selected", "true");
        Assert.Equal(
            await Offers(page).First.GetAttributeAsync("id"), await subject.GetAttributeAsync("aria-activedescendant"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(subject).ToHaveValueAsync("Dear {{ first_name");
    }

    [Fact]
    public async Task An_unknown_name_is_underlined_where_it_stands()
    {
        await using var visit = await OpenAsync();
        var (page, html) = (visit.Page, Field(visit, "HTML"));
        await Field(visit, "Subject").FillAsync("Hello");
        await html.FillAsync("<p>Dear {{ name }},</p>\n\n<p>{{ attributes.town }}, {{ attributes.city }}</p>");
        await Expect(page.Locator(".mm-wrong")).ToHaveTextAsync("attributes.town");
        await Expect(page.Locator(".mm-code-text > :nth-child(3).mm-line-wrong"))
            .ToHaveTextAsync("<p>{{ attributes.town }}, {{ attributes.city }}</p>");

        // A line more above: the mark goes with its word, before anybody was asked again
        await page.Keyboard.PressAsync("Control+Home");
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("attributes.town", await page.Locator(".mm-code-text > :nth-child(4) .mm-wrong").TextContentAsync());
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "HTML, line 4, column 7" })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(1440, false, "rgb(13, 107, 95)")]
    [InlineData(390, true, "rgb(99, 199, 181)")]
    public async Task Colours_follow_the_theme_and_lie_exactly_under_the_text(int width, bool dark, string field)
    {
        await using var visit = await OpenAsync(width, dark);
        var (page, html) = (visit.Page, Field(visit, "HTML"));
        await html.FillAsync(string.Join('\n', Enumerable.Repeat($"<p class=\"x\">{Long}</p>", 12)));
        var name = page.Locator(".mm-t-name").First;
        await Expect(name).ToHaveTextAsync("attributes.city");
        await Expect(name).ToHaveCSSAsync("color", field);
        await Expect(page.Locator(".mm-t-function").First).ToHaveTextAsync("array.size");
        await Expect(page.Locator(".mm-t-attribute").First).ToHaveTextAsync("class");

        // As high as the field's own text, so that every line breaks at the same place, and as far down
        Assert.True(await html.EvaluateAsync<bool>("area => area.scrollWidth <= area.clientWidth"));
        await html.EvaluateAsync("area => { area.scrollTop = 300; }");
        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('textarea')].every(area => area.scrollHeight === Math.max("
            + "area.clientHeight, area.previousElementSibling.offsetHeight))");
        await page.WaitForFunctionAsync("() => new DOMMatrix(getComputedStyle("
            + "document.querySelector('.mm-code-lines > .mm-code-text')).transform).f === -300");
        Assert.Equal(width, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task Markdown_is_told_from_HTML()
    {
        await using var visit = await OpenAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Markdown" }).ClickAsync();
        await Field(visit, "Markdown").FillAsync("# Hello **{{ name }}**\n\n- a [link](https://example.org)");
        await Expect(visit.Page.Locator(".mm-t-keyword").First).ToHaveTextAsync("#");
        await Expect(visit.Page.Locator(".mm-t-attribute").Last).ToHaveTextAsync("](https://example.org)");
    }

    [Fact]
    public async Task Without_its_script_it_is_a_plain_field_that_saves()
    {
        await using var visit = await chromium.VisitAsync(shared.Host.Root);
        var page = visit.Page;
        await page.RouteAsync("**/editor/*.js", route => route.AbortAsync());
        await page.GotoAsync(new Uri(shared.Host.Root, "templates/add").ToString());
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Plain");
        await Field(visit, "Subject").FillAsync("Hello");
        await Field(visit, "HTML").FillAsync("<p>{{ nam }}</p>");
        await Field(visit, "Text").FocusAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "HTML, line 1" })).ToBeVisibleAsync();
        await Field(visit, "HTML").FillAsync("<p>{{ name }}</p>");
        await Expect(Field(visit, "HTML")).Not.ToHaveCSSAsync("color", "rgba(0, 0, 0, 0)");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the template" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First).ToHaveTextAsync("Plain");
        var stored = (await shared.Host.Client.Templates.ListAsync(
            new PageRequest { Search = "Plain" }, TestContext.Current.CancellationToken)).OrThrow();
        Assert.Equal("<p>{{ name }}</p>", Assert.Single(stored.Items).Source.Html);
    }

    [Fact]
    public async Task Only_the_pages_that_need_it_load_it()
    {
        await using var visit = await chromium.VisitAsync(shared.Host.Root);
        var loaded = new List<string>();
        visit.Page.Request += (_, request) => loaded.Add(request.Url);
        await visit.Page.GotoAsync(new Uri(shared.Host.Root, "contacts").ToString());
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Contacts");
        Assert.DoesNotContain(loaded, url => url.Contains("/editor/", StringComparison.Ordinal));
        await visit.Page.GotoAsync(new Uri(shared.Host.Root, "templates/add").ToString());
        await Expect(visit.Page.Locator(".mm-lit").First).ToBeVisibleAsync();
        Assert.Contains(loaded, url => url.Contains("/editor/", StringComparison.Ordinal));
    }

    private async Task<Visit> OpenAsync(int width = 1440, bool dark = false)
    {
        var visit = await chromium.VisitAsync(new Uri(shared.Host.Root, "templates/add"), width, dark);
        await Expect(visit.Page.Locator("[data-known]")).ToHaveCountAsync(4);
        return visit;
    }

    private static ILocator Field(Visit visit, string label) => visit.Page.GetByLabel(label, new() { Exact = true });

    private static ILocator Offers(IPage page) => page.Locator(".mm-code-offers").GetByRole(AriaRole.Option);
}

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MailMarketing.Dashboard.Tests.Pages;

public sealed class TemplatePagesTests(Chromium chromium, SharedHost shared) : IClassFixture<SharedHost>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_refused_stands_beside_its_field_and_what_is_typed_last_is_saved()
    {
        await using var visit = await chromium.VisitAsync(shared.At("templates/add"));
        var page = visit.Page;
        var save = page.GetByRole(AriaRole.Button, new() { Name = "Add the template" });
        await save.ClickAsync();
        await Expect(page.GetByText("The name is required.")).ToBeVisibleAsync();
        await Expect(page.GetByText("The subject is required.")).ToBeVisibleAsync();
        await Expect(page.GetByText("The template needs an HTML part, a text part or both.")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("HTML", new() { Exact = true })).ToHaveAttributeAsync("aria-invalid", "true");

        // More than the connection takes in one message, and pressed before the form has been told
        var html = $"<p>{new string('x', 100_000)}</p>";
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Spring letter");
        await page.GetByLabel("Subject", new() { Exact = true }).FillAsync("Hello {{ name }}");
        await page.GetByLabel("HTML", new() { Exact = true }).FillAsync(html);
        await save.ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Spring letter");
        var stored = (await shared.Client.Templates.ListAsync(new PageRequest { Search = "spring" }, Stop)).OrThrow().Items.Single();
        Assert.Equal(new TemplateSource { Subject = "Hello {{ name }}", Html = html }, stored.Source);
    }

    [Fact]
    public async Task A_mistake_is_marked_in_place_and_leads_there()
    {
        await using var visit = await chromium.VisitAsync(shared.At($"templates/{(await shared.TemplateAsync()).Id}/edit"));
        var page = visit.Page;
        var editor = page.GetByLabel("Text", new() { Exact = true });
        await editor.FillAsync("Dear reader,\n\nhello {{ nam }}!\n");

        var mistake = page.GetByRole(AriaRole.Button, new() { Name = "Text, line 3, column " });
        await Expect(mistake).ToBeVisibleAsync();
        await Expect(page.Locator(".mm-code-text > :nth-child(3) .mm-wrong")).ToHaveTextAsync("nam");
        await Expect(editor).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.GetByText("This is how it was before the mistakes.")).ToBeVisibleAsync();

        var column = int.Parse((await mistake.TextContentAsync())!.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture);
        await mistake.ClickAsync();
        await Expect(editor).ToBeFocusedAsync();
        Assert.Equal("Dear reader,\n\n".Length + column - 1, await editor.EvaluateAsync<int>("area => area.selectionStart"));

        await page.GetByRole(AriaRole.Button, new() { Name = "Save the template" }).ClickAsync();
        await Expect(editor).ToBeFocusedAsync();
        await Expect(mistake).ToBeVisibleAsync();
        Assert.NotEqual("Dear reader,", (await shared.TemplateAsync()).Source.Text![..12]);

        await editor.FillAsync("Dear {{ first_name }},\n\nhello {{ email }}!\n");
        await Expect(page.Locator(".mm-code-lines .mm-line-doubt:first-child .mm-doubt")).ToHaveTextAsync("first_name");
        await editor.FillAsync("Dear reader,\n\nhello {{ email }}!\n");
        await Expect(mistake).ToHaveCountAsync(0);
        await Expect(page.Locator(".mm-code-lines :is(.mm-wrong, .mm-doubt)")).ToHaveCountAsync(0);
        await Expect(editor).ToHaveAttributeAsync("aria-invalid", "false");
    }

    [Fact]
    public async Task The_preview_follows_and_runs_nothing()
    {
        await using var visit = await chromium.VisitAsync(shared.At("templates/add"));
        var page = visit.Page;
        var frame = page.Locator("iframe");
        await page.GetByLabel("Subject", new() { Exact = true }).FillAsync("Hello {{ name }}");
        const string Attack = "parent.document.title = 'run'";
        await page.GetByLabel("HTML", new() { Exact = true })
            .FillAsync($"<p>Dear {{{{ name }}}}</p>{{{{ `<script>{Attack}</script><img src=x onerror=\"{Attack}\">` | raw }}}}");
        await page.GetByLabel("Text", new() { Exact = true }).FillAsync("Good day, {{ name }}");
        await Expect(page.GetByText("Hello Ada Lovelace")).ToBeVisibleAsync();
        await Expect(frame).ToHaveAttributeAsync("sandbox", "");
        await Expect(page.FrameLocator("iframe").GetByText("Dear Ada Lovelace")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Mobile" }).ClickAsync();
        await Expect(page.Locator(".mm-narrow iframe")).ToBeVisibleAsync();
        Assert.Equal(375, (await frame.BoundingBoxAsync())!.Width);
        await page.GetByRole(AriaRole.Button, new() { Name = "Text", Exact = true }).ClickAsync();
        await Expect(page.Locator(".mm-mail-body pre")).ToHaveTextAsync("Good day, Ada Lovelace");

        await page.GetByLabel("Shown for").PickAsync("person42");
        await Expect(page.GetByText("Hello Person 42")).ToBeVisibleAsync();
        Assert.StartsWith("Add a template", await page.TitleAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_keyboard_is_not_trapped_and_fields_go_where_the_cursor_was()
    {
        await using var visit = await chromium.VisitAsync(shared.At("templates/add"));
        var page = visit.Page;
        var (subject, html, text) = (
            page.GetByLabel("Subject", new() { Exact = true }), page.GetByLabel("HTML", new() { Exact = true }),
            page.GetByLabel("Text", new() { Exact = true }));
        await subject.FillAsync("For : news");
        await subject.PressAsync("Home");
        for (var step = 0; step < 4; step++)
        {
            await subject.PressAsync("ArrowRight");
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "first_name" }).ClickAsync();
        await Expect(subject).ToHaveValueAsync("For {{ first_name }}: news");
        await Expect(subject).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Tab");
        await Expect(html).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(text).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Shift+Tab");
        await Expect(html).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Leaving_with_changes_asks_first()
    {
        await using var visit = await chromium.VisitAsync(shared.At("templates/add"));
        var page = visit.Page;
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Not yet");
        await page.GetByRole(AriaRole.Link, new() { Name = "Segments" }).ClickAsync();
        await Expect(page.GetByText("Leave without saving?")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        Assert.EndsWith("/templates/add", page.Url, StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Link, new() { Name = "Segments" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Leave", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Segments");
    }

    [Fact]
    public async Task A_template_is_found_duplicated_and_deleted()
    {
        var source = new TemplateSource { Subject = "Summer", Html = "<p>{{ name }}</p>", Text = "{{ name }}" };
        (await shared.Client.Templates.AddAsync("Summer letter", source, Stop)).OrThrow();
        await using var visit = await chromium.VisitAsync(shared.At("templates"));
        var page = visit.Page;
        await page.GetByLabel("Search by name").FillAsync("summer");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "Summer letter" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Duplicate" }).ClickAsync();
        await Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("Summer letter (copy)");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the template" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Summer letter (copy)");
        var found = (await shared.Client.Templates.ListAsync(new PageRequest { Search = "summer" }, Stop)).OrThrow().Items;
        Assert.Equal([source, source], found.Select(template => template.Source));

        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(page.GetByText("Template Summer letter (copy) deleted.")).ToBeVisibleAsync();
        Assert.Null(await shared.Client.Templates.GetAsync(found[1].Id, Stop));
    }

    [Fact]
    public async Task A_test_goes_to_an_address_of_ones_own_as_a_contact_would_get_it()
    {
        var taken = new TaskCompletionSource<EmailMessage>();
        shared.Gateway.Answer = message =>
        {
            // The page's other campaigns go on
            _ = message.To.Email == "me@example.com" && taken.TrySetResult(message);
            return GatewayResult.Accepted(message.IdempotencyKey);
        };
        await using var visit = await chromium.VisitAsync(shared.At($"templates/{(await shared.TemplateAsync()).Id}"));
        var page = visit.Page;
        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send a test…" }).ClickAsync();
        await dialog.GetByLabel("Send to").FillAsync("me");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Send the test" }).ClickAsync();
        await Expect(dialog.GetByLabel("Send to")).ToHaveAttributeAsync("aria-invalid", "true");

        await dialog.GetByLabel("Send to").FillAsync("me@example.com");
        await dialog.GetByLabel("Shown for").PickAsync("person7@");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Send the test" }).ClickAsync();
        await Expect(page.GetByText("Test sent to me@example.com.")).ToBeVisibleAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        var sent = await taken.Task;
        Assert.Equal(("me@example.com", "Person 7"), (sent.To.Email, sent.To.Name));
        Assert.StartsWith("[Test] ", sent.Content.Subject, StringComparison.Ordinal);
    }
}

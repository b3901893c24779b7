using MailMarketing.Dashboard.Tests;
using Microsoft.Playwright;
using ReferenceHost.Tests.TwoServices;
using static Microsoft.Playwright.Assertions;

namespace ReferenceHost.Tests.Browser;

/// <summary>A template from its first mistake to the email in somebody's inbox, by the pages alone.</summary>
public sealed class TemplateJobTests(Chromium chromium)
{
    private const string Email = "ada@example.org";
    private const string Password = "olive kettle harbour";

    [Fact]
    public async Task A_mistake_is_found_and_mended_and_the_email_looked_at_and_sent_as_a_test()
    {
        await using var services = await Topology.StartAsync(
            "MockGateway:Weights=202=1", $"Admin:Email={Email}", $"Admin:Password={Password}");
        await services.Api.PostAsync(
            "contacts", new { email = "grace@example.org", firstName = "Grace", attributes = new { city = "Arlington" } });
        await using var visit = await chromium.VisitAsync(services.Web);
        var page = visit.Page;
        var person = new Person(page);
        await person.SignInAsync(Email, Password);

        await WriteWithMistakeAsync(page, person);
        await MendAsync(page, person);
        await person.PickAsync("Shown for", "grace", "grace@example.org");
        await Expect(page.FrameLocator("iframe").GetByText("News from Arlington.")).ToBeVisibleAsync();
        await Expect(page.Locator(".mm-mail-head")).ToContainTextAsync("Dear Grace");
        await person.PressAsync("Add the template");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Letter");

        await SendTestAsync(page, person);

        // The email client took it; it is sent a moment later
        await Api.UntilAsync(async () => (await services.RecordAsync()).Contains("me@example.com"), () => "The gateway got no test.");
        var answer = Assert.Single((await services.RecordAsync())["me@example.com"]);
        Assert.Equal(("[Test] Dear Ada", true), (answer.Subject, answer.IsNew));
    }

    private static async Task WriteWithMistakeAsync(IPage page, Person person)
    {
        await person.FollowAsync("Templates");
        await person.FollowAsync("Add a template");
        await person.FillAsync("Name", "Letter");
        await person.FillAsync("Subject", "Dear {{ first_name ?? 'reader' }}");
        await person.PasteAsync("HTML", Html("{{ citty }}"));

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "HTML, line 3, column 17" })).ToBeVisibleAsync();
        await Expect(page.Locator(".mm-code-notes").GetByText("citty")).ToBeVisibleAsync();
        await Expect(page.Locator(".mm-code-text > :nth-child(3) .mm-wrong")).ToHaveTextAsync("citty");
    }

    private static async Task MendAsync(IPage page, Person person)
    {
        await person.PasteAsync("HTML", Html("{{ attributes.city ?? 'town' }}"));
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "HTML, line 3" })).ToHaveCountAsync(0);
        await Expect(page.Locator(".mm-code-lines :is(.mm-wrong, .mm-doubt)")).ToHaveCountAsync(0);
        await Expect(page.FrameLocator("iframe").GetByText("News from town.")).ToBeVisibleAsync();
    }

    private static async Task SendTestAsync(IPage page, Person person)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        await person.PressAsync("Send a test…");
        await dialog.GetByLabel("Send to").FillAsync("me@example.com");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Send the test" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
    }

    private static string Html(string city) => $$$"""
        <h1>Hello</h1>

        <p>News from {{{city}}}.</p>
        <p><a href="{{ unsubscribe_url }}">Unsubscribe</a></p>
        """;
}

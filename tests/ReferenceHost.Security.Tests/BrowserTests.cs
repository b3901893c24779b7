using System.Net;
using MailMarketing.Dashboard.Tests;
using Microsoft.Playwright;
using ReferenceHost.People;
using static Microsoft.Playwright.Assertions;

namespace ReferenceHost.Security.Tests;

/// <summary>As people see it, in Chromium; every page also keeps to the content security policy.</summary>
public sealed class BrowserTests(Chromium chromium, SafeHost host) : IClassFixture<SafeHost>
{
    [Fact]
    [Trait("Fault", "S-13")]
    public async Task The_first_administrator_sets_up_signs_out_and_in_again()
    {
        await using var own = await SafeHost.StartAsync();
        await using var visit = await chromium.VisitAsync(new Uri(own.Web, $"/set-up?token={own.Services.GetRequiredService<SetUp>().Token}"));
        var (page, mistakes) = Watch(visit);
        await page.GetByLabel("Address").FillAsync("ada@example.org");
        await page.GetByLabel("New password").FillAsync(SafeHost.Password);
        await page.GetByLabel("New password").PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Overview");

        await page.GetByRole(AriaRole.Button, new() { Name = "Account: ada@example.org" }).ClickAsync();
        await page.GetByText("Sign out").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out of this browser" }).ClickAsync();
        await SignInAsync(page, "ada@example.org");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Overview");
        Assert.Empty(mistakes);
    }

    [Fact]
    [Trait("Fault", "S-32")]
    public async Task A_viewer_looks_and_a_marketer_leaves_the_settings_alone()
    {
        var client = host.Services.GetRequiredService<MailMarketing.MailMarketingClient>();
        var stop = TestContext.Current.CancellationToken;
        var contact = (await client.Contacts.AddAsync(new MailMarketing.ContactData { Email = "looked@example.org" }, stop)).OrThrow();
        var template = (await client.Templates.AddAsync(
            "Looked at", new MailMarketing.TemplateSource { Subject = "Hi", Html = "<p style=\"color:red\">Hello {{ name }}</p>" }, stop)).OrThrow();

        await host.AddAsync("viewer@example.org", PersonRole.Viewer);
        await using var visit = await chromium.VisitAsync(new Uri(host.Web, $"/contacts/{contact.Id}"));
        var (page, mistakes) = Watch(visit);
        await SignInAsync(page, "viewer@example.org");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("looked@example.org");
        await Expect(page.GetByText("In none yet")).ToBeVisibleAsync();
        foreach (var button in new[] { "Delete", "Unsubscribe", "Add", "Edit" })
        {
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true })).ToHaveCountAsync(0);
        }

        await page.GotoAsync(new Uri(host.Web, "/contacts/add").ToString());
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Not for your account");
        await page.GotoAsync(new Uri(host.Web, $"/templates/{template.Id}").ToString());
        await Expect(page.FrameLocator("iframe").GetByText("Hello Ada Lovelace")).ToBeVisibleAsync();
        Assert.Empty(mistakes);

        await host.AddAsync("marketer@example.org", PersonRole.Marketer);
        await using var other = await chromium.VisitAsync(new Uri(host.Web, "/contacts/add"));
        await SignInAsync(other.Page, "marketer@example.org");
        await Expect(other.Page.GetByRole(AriaRole.Button, new() { Name = "Add the contact" })).ToBeVisibleAsync();
        await Expect(other.Page.GetByRole(AriaRole.Link, new() { Name = "Settings" })).ToHaveCountAsync(0);
        await other.Page.GotoAsync(new Uri(host.Web, "/settings").ToString());
        await Expect(other.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Not for your account");
    }

    [Fact]
    [Trait("Fault", "S-06")]
    public async Task Credentials_are_changed_once_the_password_was_given_again()
    {
        await host.AddAsync("confirm@example.org", PersonRole.Administrator);
        await using var visit = await chromium.VisitAsync(new Uri(host.Web, "/settings"));
        var (page, mistakes) = Watch(visit);
        await SignInAsync(page, "confirm@example.org");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Save credentials" })).ToBeVisibleAsync();

        host.Time.Pass(TimeSpan.FromMinutes(11));
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Confirm that it is you" }).ClickAsync();
        await page.GetByLabel("Password").FillAsync(SafeHost.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await page.GetByLabel("User", new() { Exact = true }).FillAsync("ada");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("secret");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save credentials" }).ClickAsync();
        await Expect(page.GetByText("Credentials of")).ToBeVisibleAsync();
        Assert.Empty(mistakes);
    }

    [Fact]
    [Trait("Fault", "S-30")]
    public async Task A_second_factor_is_turned_on_and_asked_for()
    {
        await host.AddAsync("factor@example.org", PersonRole.Marketer);
        await using var visit = await chromium.VisitAsync(new Uri(host.Web, "/account"));
        var (page, mistakes) = Watch(visit);
        await SignInAsync(page, "factor@example.org");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set it up" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "The key as a QR code" })).ToBeVisibleAsync();
        var key = await page.Locator("code").First.InnerTextAsync();
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync(Totp.CodeOf(key, host.Time.GetUtcNow()));
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn it on" }).ClickAsync();
        await Expect(page.Locator(".codes li")).ToHaveCountAsync(10);
        Assert.Empty(mistakes);

        await using var other = await chromium.VisitAsync(new Uri(host.Web, "/account"));
        await SignInAsync(other.Page, "factor@example.org");
        await Expect(other.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Your second factor");
        host.Time.Pass(TimeSpan.FromSeconds(30));
        await other.Page.GetByLabel("Code of your app").FillAsync(Totp.CodeOf(key, host.Time.GetUtcNow()));
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(other.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("My account");
    }

    [Fact]
    [Trait("Fault", "S-27")]
    public async Task Signing_out_everywhere_cuts_the_dashboard_in_another_browser()
    {
        await host.AddAsync("two@example.org", PersonRole.Marketer);
        await using var visit = await chromium.VisitAsync(host.Web);
        await SignInAsync(visit.Page, "two@example.org");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Overview");

        using var client = new Client(host.Web);
        await client.SignInAsync("two@example.org", SafeHost.Password);
        await client.PostAsync("/account", "/account/sessions/end");
        await Expect(visit.Page.Locator("#components-reconnect-modal")).ToBeVisibleAsync(new() { Timeout = 2000 });
        await visit.Page.GotoAsync(host.Web.ToString());
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Sign in");
    }

    [Fact]
    [Trait("Fault", "S-20")]
    public async Task A_form_on_another_port_of_this_machine_changes_nothing()
    {
        await host.AddAsync("lured@example.org", PersonRole.Administrator);
        await using var visit = await chromium.VisitAsync(new Uri(host.Web, "/account"));
        await SignInAsync(visit.Page, "lured@example.org");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("My account");
        await visit.Page.RouteAsync("**/lure", route => route.FulfillAsync(new()
        {
            ContentType = "text/html",
            Body = $"<form method=\"post\" action=\"{new Uri(host.Web, "/account/sessions/end")}\"><button>Win</button></form>",
        }));
        await visit.Page.GotoAsync(new Uri(host.Gateway, "/lure").ToString());
        var answer = await visit.Page.RunAndWaitForResponseAsync(
            () => visit.Page.GetByRole(AriaRole.Button, new() { Name = "Win" }).ClickAsync(), "**/account/sessions/end");
        Assert.Equal((int)HttpStatusCode.Forbidden, answer.Status);
        await visit.Page.GotoAsync(new Uri(host.Web, "/account").ToString());
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("My account");
    }

    internal static async Task SignInAsync(IPage page, string email)
    {
        await page.GetByLabel("Address").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(SafeHost.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }

    // What Chromium refuses for the policy, it says in the console
    private static (IPage Page, List<string> Mistakes) Watch(Visit visit)
    {
        var mistakes = new List<string>();
        visit.Page.Console += (_, message) =>
        {
            if (message.Type == "error" && message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                mistakes.Add(message.Text);
            }
        };
        return (visit.Page, mistakes);
    }
}

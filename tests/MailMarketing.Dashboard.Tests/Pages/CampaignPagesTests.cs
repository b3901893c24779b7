using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MailMarketing.Dashboard.Tests.Pages;

public sealed class CampaignPagesTests(Chromium chromium, SharedHost shared) : IClassFixture<SharedHost>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_draft_is_written_and_tells_whom_it_reaches()
    {
        var few = (await shared.Client.Segments.AddAsync("Chosen few", Stop)).OrThrow();
        var contacts = (await shared.Client.Contacts.ListAsync(new ContactQuery { Limit = 10 }, Stop)).OrThrow().Items;
        (await shared.Client.Segments.AddMembersAsync(few.Id, [.. contacts.Select(contact => contact.Id)], Stop)).OrThrow();
        await using var visit = await chromium.VisitAsync(shared.At("campaigns/add"));
        var page = visit.Page;
        var save = page.GetByRole(AriaRole.Button, new() { Name = "Create the draft" });
        var audience = page.Locator(".mm-audience strong");
        await Expect(audience).ToHaveTextAsync("0");
        await save.ClickAsync();
        await Expect(page.GetByText("The name is required.")).ToBeVisibleAsync();
        await Expect(page.GetByText("The template is required.")).ToBeVisibleAsync();

        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Easter");
        await page.GetByLabel("Template", new() { Exact = true }).PickAsync("autumn");
        await page.GetByLabel("Segments", new() { Exact = true }).PickAsync("regul");
        await Expect(audience).ToHaveTextAsync("60");
        await page.GetByLabel("Leave out", new() { Exact = true }).PickAsync("few");
        await Expect(audience).ToHaveTextAsync("50");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove Chosen few" }).ClickAsync();
        await Expect(audience).ToHaveTextAsync("60");
        await page.GetByText("Rather twice than not at all").ClickAsync();
        await save.ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Easter");
        await Expect(audience).ToHaveTextAsync("60");
        var stored = (await shared.Client.Campaigns.ListAsync(new PageRequest { Search = "easter" }, Stop)).OrThrow().Items.Single().Draft;
        Assert.Equal([(await shared.RegularsAsync()).Id], stored.SegmentIds);
        Assert.Empty(stored.ExcludeSegmentIds);
        Assert.Equal((null, null, SendPolicy.AtLeastOnce), (stored.Subject, stored.Lane, stored.Policy));
    }

    [Fact]
    public async Task A_template_in_code_is_offered_beside_the_stored_ones_and_sent()
    {
        await using var visit = await chromium.VisitAsync(shared.At("campaigns/add"));
        var page = visit.Page;
        var template = page.GetByLabel("Template", new() { Exact = true });
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Newcomers");
        await template.FillAsync("e");
        await Expect(page.GetByRole(AriaRole.Option).Filter(new() { HasTextRegex = new("Welcome aboard\\s+in code") })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Option).Filter(new() { HasText = "Autumn letter" }).First).ToBeVisibleAsync();
        await template.PickAsync("welcome ab");
        await page.GetByLabel("Segments", new() { Exact = true }).PickAsync("regul");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the draft" }).ClickAsync();

        await Expect(page.Locator("dd").Filter(new() { HasTextRegex = new("^\\s*Welcome aboard\\s+in code\\s*$") })).ToBeVisibleAsync();
        var stored = (await shared.Client.Campaigns.ListAsync(new PageRequest { Search = "newcomers" }, Stop)).OrThrow().Items.Single();
        Assert.Equal((null, "Welcome aboard"), (stored.Draft.TemplateId, stored.Draft.TemplateName));
        await page.GetByRole(AriaRole.Button, new() { Name = "Start…" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).GetByText("Welcome, {{ name }}")).ToBeVisibleAsync();
        await page.GotoAsync(shared.At($"campaigns/{stored.Id}/edit").ToString());
        await Expect(template).ToHaveValueAsync("Welcome aboard");
    }

    [Fact]
    public async Task What_is_missing_keeps_it_from_starting_and_names_the_remedy()
    {
        await using var host = await DashboardHost.StartAsync("/");
        var source = new TemplateSource { Subject = "Hello", Text = "Good day. {{ unsubscribe_url }}" };
        var template = (await host.Client.Templates.AddAsync("Hello", source, Stop)).OrThrow();
        var segment = (await host.Client.Segments.AddAsync("Everyone", Stop)).OrThrow();
        var draft = new CampaignDraft { Name = "First", TemplateId = template.Id };
        var campaign = (await host.Client.Campaigns.AddAsync(draft, Stop)).OrThrow();
        await using var visit = await chromium.VisitAsync(new Uri(host.Root, $"campaigns/{campaign.Id}"));
        var page = visit.Page;
        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.GetByRole(AriaRole.Button, new() { Name = "Start…" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Link)).ToHaveTextAsync(["Choose segments", "Set the From address", "Enter the credentials"]);
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true })).ToBeDisabledAsync();
        await dialog.GetByRole(AriaRole.Link, new() { Name = "Set the From address" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Settings");

        var patch = new SenderSettingsPatch { From = new Mailbox("Shop", "shop@example.org"), Auth = new GatewayCredentials("u", "p") };
        (await host.Client.Settings.UpdateAsync(patch, Stop)).OrThrow();
        (await host.Client.Campaigns.UpdateAsync(campaign.Id, draft with { SegmentIds = [segment.Id] }, Stop)).OrThrow();
        await page.GoBackAsync();
        await Expect(page.GetByText("Nobody is in its segments")).ToBeVisibleAsync();
        var ada = (await host.Client.Contacts.AddAsync(new ContactData { Email = "ada@example.org" }, Stop)).OrThrow();
        (await host.Client.Segments.AddMembersAsync(segment.Id, [ada.Id], Stop)).OrThrow();

        await page.GetByRole(AriaRole.Button, new() { Name = "Start…" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("Shop <shop@example.org>");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Send to 1 person" }).ClickAsync();
        await Expect(page.GetByText("Campaign started.")).ToBeVisibleAsync();
        await Expect(page.Locator(".mm-header .mm-chip")).ToHaveTextAsync("Completed");
        Assert.Equal("ada@example.org", Assert.Single(host.Gateway.Taken).To.Email);
    }

    [Fact]
    public async Task A_draft_is_duplicated_and_deleted_but_what_started_is_not_changed()
    {
        var campaign = await shared.DraftAsync("Carnival");
        await using var visit = await chromium.VisitAsync(shared.At("campaigns"));
        var page = visit.Page;
        await page.GetByLabel("Search by name").FillAsync("carnival");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "Carnival" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Duplicate" }).ClickAsync();
        await Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("Carnival (copy)");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the draft" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Carnival (copy)");
        var copy = (await shared.Client.Campaigns.ListAsync(new PageRequest { Search = "(copy)" }, Stop)).OrThrow().Items.Single();
        Assert.Equal(campaign.Draft.SegmentIds, copy.Draft.SegmentIds);

        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(page.GetByText("Draft deleted.")).ToBeVisibleAsync();
        Assert.Null(await shared.Client.Campaigns.GetAsync(copy.Id, Stop));

        (await shared.Client.Campaigns.StartAsync(campaign.Id, Stop)).OrThrow();
        await page.GotoAsync(shared.At($"campaigns/{campaign.Id}/edit").ToString());
        await Expect(page.GetByText("This campaign is no draft any more")).ToBeVisibleAsync();
    }
}

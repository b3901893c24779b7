using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MailMarketing.Dashboard.Tests;

public sealed class SegmentsTests(Chromium chromium, PeopleHost people) : IClassFixture<PeopleHost>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_segment_is_added_renamed_and_deleted_only_when_confirmed()
    {
        await using var visit = await chromium.VisitAsync(people.At("segments"));
        var page = visit.Page;
        var title = page.GetByRole(AriaRole.Heading, new() { Level = 1 });

        await page.GetByRole(AriaRole.Link, new() { Name = "Add a segment" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the segment" }).ClickAsync();
        await Expect(page.GetByText("The name is required.")).ToBeVisibleAsync();
        await page.GetByLabel("Name").FillAsync("REGULARS");
        await page.GetByLabel("Name").PressAsync("Enter");
        await Expect(page.GetByText("There is a segment named REGULARS already")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Name")).ToBeFocusedAsync();
        await page.GetByLabel("Name").FillAsync("Rare ones");
        await page.GetByLabel("Name").PressAsync("Enter");
        await Expect(title).ToHaveTextAsync("Rare ones");

        await page.GetByRole(AriaRole.Link, new() { Name = "Rename" }).ClickAsync();
        await Expect(page.GetByLabel("Name")).ToHaveValueAsync("Rare ones");
        await page.GetByLabel("Name").FillAsync("Rarest ones");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await Expect(title).ToHaveTextAsync("Rarest ones");

        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(title).ToHaveTextAsync("Segments");
        Assert.DoesNotContain(
            (await people.Client.Segments.ListAsync(new PageRequest(), Stop)).OrThrow().Items, segment => segment.Name == "Rarest ones");
    }

    [Fact]
    public async Task Members_are_found_added_and_removed()
    {
        var segment = (await people.Client.Segments.AddAsync("Choir", Stop)).OrThrow();
        await using var visit = await chromium.VisitAsync(people.At($"segments/{segment.Id}"));
        var page = visit.Page;
        await Expect(page.GetByText("No members yet")).ToBeVisibleAsync();
        var add = page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true });

        await add.ClickAsync();
        await Expect(page.GetByText("Choose a contact from the list.")).ToBeVisibleAsync();
        foreach (var person in new[] { "person41@example.org", "person42@example.org" })
        {
            await page.GetByLabel("Add a member").PickAsync(person);
            await Expect(page.GetByLabel("Add a member")).ToHaveValueAsync(person);
            await add.ClickAsync();
            await Expect(page.GetByRole(AriaRole.Link, new() { Name = person })).ToBeVisibleAsync();
            await Expect(page.GetByLabel("Add a member")).ToHaveValueAsync("");
        }

        await Expect(page.GetByText("2 members")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove person41@example.org" }).ClickAsync();
        await Expect(page.GetByText("1 member", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "person41@example.org" })).ToHaveCountAsync(0);
        Assert.Equal(1, (await people.Client.Segments.GetAsync(segment.Id, Stop))!.Members);
    }

    [Fact]
    public async Task Members_are_searched_page_by_page()
    {
        var regulars = (await people.Client.Segments.ListAsync(new PageRequest { Search = "Regulars" }, Stop)).OrThrow().Items[0];
        await using var visit = await chromium.VisitAsync(people.At($"segments/{regulars.Id}?order=oldest"));
        var page = visit.Page;
        var first = page.Locator("tbody tr td a").First;

        await page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await Expect(first).ToHaveTextAsync("person26@example.org");
        await first.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("person26@example.org");
        await page.GoBackAsync();
        await Expect(first).ToHaveTextAsync("person26@example.org");
        await page.GetByLabel("Search by address or name").FillAsync("person 60");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
    }
}

using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MailMarketing.Dashboard.Tests;

public sealed class ContactsTests(Chromium chromium, PeopleHost people) : IClassFixture<PeopleHost>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_contact_is_added_once_its_mistakes_are_mended()
    {
        await using var visit = await chromium.VisitAsync(people.At("contacts/add"));
        var page = visit.Page;

        await page.GetByLabel("Address").FillAsync("nobody");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add an attribute" }).ClickAsync();
        await page.GetByLabel("Value").FillAsync("gold");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the contact" }).ClickAsync();
        await Expect(page.GetByText("The attribute needs a name.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Attribute" })).ToBeFocusedAsync();

        await page.GetByRole(AriaRole.Textbox, new() { Name = "Attribute" }).FillAsync("plan");
        await page.GetByLabel("Value").PressAsync("Enter");
        await Expect(page.GetByText("must have exactly one @")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Address")).ToBeFocusedAsync();

        await page.GetByLabel("Address").FillAsync("PERSON1@example.org");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the contact" }).ClickAsync();
        await Expect(page.GetByText("There is a contact with the address")).ToBeVisibleAsync();

        await page.GetByLabel("Address").FillAsync("ada@example.com");
        await page.GetByLabel("First name").FillAsync("Ada");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the contact" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("ada@example.com");
        await Expect(page.GetByText("gold")).ToBeVisibleAsync();
        await Expect(page.GetByText("In none yet")).ToBeVisibleAsync();
        await Expect(page.GetByText("No mails yet")).ToBeVisibleAsync();
        Assert.Equal(ConsentStatus.Subscribed, (await FindAsync("ada@example.com")).Status);
    }

    [Fact]
    public async Task A_domain_of_two_alphabets_is_flagged()
    {
        var odd = (await people.Client.Contacts.AddAsync(new() { Email = "ada@exam\u0440le.com" }, Stop)).OrThrow();
        await using var visit = await chromium.VisitAsync(people.At($"contacts/{odd.Id}"));
        await Expect(visit.Page.GetByText("Mixed script")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Attributes_keep_their_types_and_what_is_not_touched_stays_as_it_was()
    {
        using var json = JsonDocument.Parse("""{"n":1.50,"ok":true,"list":[1, {"a":null}],"none":null,"text":"012"}""");
        var data = new ContactData
        {
            Email = "types@example.com", Attributes = json.RootElement.EnumerateObject().ToDictionary(one => one.Name, one => one.Value.Clone()),
        };
        var id = (await people.Client.Contacts.AddAsync(data, Stop)).OrThrow().Id;
        await using var visit = await chromium.VisitAsync(people.At($"contacts/{id}/edit"));
        var page = visit.Page;
        var number = page.GetByRole(AriaRole.Group, new() { Name = "Attribute n", Exact = true });

        await number.GetByLabel("Value").FillAsync("many");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByText("This is not a number")).ToBeVisibleAsync();
        await number.GetByLabel("Value").FillAsync("2.50");
        await page.GetByRole(AriaRole.Group, new() { Name = "Attribute text" }).GetByLabel("Type").ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "True/false" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("types@example.com");

        var attributes = (await people.Client.Contacts.GetAsync(id, Stop))!.Attributes;
        Assert.Equal("2.50", attributes["n"].GetRawText());
        Assert.Equal(JsonValueKind.False, attributes["text"].ValueKind);
        Assert.All(["ok", "list", "none"], name => Assert.True(JsonElement.DeepEquals(data.Attributes[name], attributes[name]), name));
    }

    [Fact]
    public async Task The_list_is_searched_and_the_way_back_leads_to_the_same_rows()
    {
        await using var visit = await chromium.VisitAsync(people.At("contacts?order=oldest"));
        var page = visit.Page;
        var first = page.Locator("tbody tr td a").First;
        await Expect(first).ToHaveTextAsync("person1@example.org");
        await page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await Expect(first).ToHaveTextAsync("person26@example.org");

        await first.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("person26@example.org");
        await page.GoBackAsync();
        await Expect(first).ToHaveTextAsync("person26@example.org");

        await page.GetByLabel("Search by address or name").FillAsync("PERSON 17");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await first.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("person17@example.org");
        await page.GoBackAsync();
        await Expect(page.GetByLabel("Search by address or name")).ToHaveValueAsync("PERSON 17");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_contact_shows_its_mails_and_joins_and_leaves_segments_by_keyboard()
    {
        var person = await FindAsync("person2@example.org");
        await people.Client.Segments.AddAsync("Gold members", Stop);
        await using var visit = await chromium.VisitAsync(people.At($"contacts/{person.Id}"));
        var page = visit.Page;
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Autumn letter to regulars" })).ToBeVisibleAsync();
        var add = page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true });
        await add.ClickAsync();
        await Expect(page.GetByText("Choose a segment from the list.")).ToBeVisibleAsync();

        await page.GetByLabel("Add to a segment").FillAsync("gold");
        await Expect(page.Locator(".mud-list-item").GetByText("Gold members")).ToBeVisibleAsync();
        await page.GetByLabel("Add to a segment").PressAsync("Enter");
        await Expect(page.GetByLabel("Add to a segment")).ToHaveValueAsync("Gold members");
        await add.PressAsync("Enter");
        await Expect(page.GetByText("Added to Gold members.")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Add to a segment")).ToHaveValueAsync("");
        Assert.Equal(["Gold members", "Regulars"], (await people.Client.Segments.OfContactAsync(person.Id, Stop)).Select(one => one.Name));

        await page.GetByRole(AriaRole.Button, new() { Name = "Remove from Regulars" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Regulars", Exact = true })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Consent_is_withdrawn_at_once_and_given_back_only_when_confirmed()
    {
        var person = await FindAsync("person3@example.org");
        await people.Client.Contacts.SuppressAsync(person.Email, "bounced", Stop);
        await using var visit = await chromium.VisitAsync(people.At($"contacts/{person.Id}"));
        var page = visit.Page;

        await page.GetByRole(AriaRole.Button, new() { Name = "Unsubscribe" }).ClickAsync();
        await Expect(page.GetByText("Unsubscribed", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal(ConsentStatus.Unsubscribed, (await FindAsync(person.Email)).Status);
        await page.GetByRole(AriaRole.Button, new() { Name = "Subscribe" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Subscribe" }).ClickAsync();
        await Expect(page.GetByText("Subscribed", new() { Exact = true })).ToBeVisibleAsync();

        await Expect(page.GetByText("The address gets no campaign: bounced")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow it again" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync();
        await Expect(page.GetByText("The address gets no campaign")).ToHaveCountAsync(0);
        Assert.Empty((await people.Client.Contacts.ListSuppressionsAsync(new PageRequest { Search = person.Email }, Stop)).OrThrow().Items);
    }

    [Fact]
    public async Task A_contact_is_deleted_only_when_confirmed()
    {
        var id = (await people.Client.Contacts.AddAsync(new ContactData { Email = "gone@example.com" }, Stop)).OrThrow().Id;
        await using var visit = await chromium.VisitAsync(people.At($"contacts/{id}"));
        var page = visit.Page;

        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(page.GetByText("Mails that wait for it in running campaigns are cancelled")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        Assert.NotNull(await people.Client.Contacts.GetAsync(id, Stop));

        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Contacts");
        Assert.Null(await people.Client.Contacts.GetAsync(id, Stop));

        await page.GotoAsync(people.At($"contacts/{id}").ToString());
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("There is no such contact");
    }

    private async Task<Contact> FindAsync(string email) =>
        (await people.Client.Contacts.ListAsync(new ContactQuery { Search = email }, Stop)).OrThrow().Items.Single(one => one.Email == email);
}

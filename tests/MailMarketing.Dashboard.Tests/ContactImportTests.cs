using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MailMarketing.Dashboard.Tests;

public sealed class ContactImportTests(Chromium chromium, PeopleHost people) : IClassFixture<PeopleHost>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_wrong_is_told_beside_its_field_and_leaves_no_segment()
    {
        await using var visit = await chromium.VisitAsync(people.At("contacts/import"));
        var page = visit.Page;
        var import = page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true });

        await import.ClickAsync();
        await Expect(page.GetByText("Choose a file.")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("CSV file")).ToHaveAttributeAsync("aria-invalid", "true");
        await ChooseAsync(page, "name,city\nAda,London\n"u8.ToArray());
        await page.GetByText("Into a new segment").ClickAsync();
        await import.ClickAsync();
        await Expect(page.GetByText("The name is required.")).ToBeVisibleAsync();
        await page.GetByLabel("Name of the segment").FillAsync("Lovelaces");
        await import.ClickAsync();
        await Expect(page.GetByText("The header row names no column email.")).ToBeVisibleAsync();
        Assert.Empty((await people.Client.Segments.ListAsync(new PageRequest { Search = "Lovelaces" }, Stop)).OrThrow().Items);

        await ChooseAsync(page, Encoding.Latin1.GetBytes("email,größe\n"));
        await import.ClickAsync();
        await Expect(page.GetByText("save the file as UTF-8")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_file_is_imported_into_a_new_segment_and_refused_rows_are_listed()
    {
        await using var visit = await chromium.VisitAsync(people.At("contacts/import"));
        var page = visit.Page;
        var rows = Enumerable.Range(0, 3000).Select(n => $"new{n}@example.net,New {n},pro");
        var csv = string.Join('\n', ["email,name,plan", "nobody,N,free", "person5@example.org,Person Five,pro", .. rows]);

        await ChooseAsync(page, Encoding.UTF8.GetBytes(csv));
        await page.GetByText("Into a new segment").ClickAsync();
        await page.GetByLabel("Name of the segment").FillAsync("Professionals");
        await page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();

        await Expect(page.GetByText("3,002 rows read, 3,000 added, 1 updated, 1 refused.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Imported, with rows refused" })).ToBeFocusedAsync();
        await Expect(page.GetByText("Line 2: The address must have exactly one @")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Go to Professionals" }).ClickAsync();
        await Expect(page.GetByText("3,001 members")).ToBeVisibleAsync();
        var five = (await people.Client.Contacts.ListAsync(new ContactQuery { Search = "person5@example.org" }, Stop)).OrThrow().Items[0];
        Assert.Equal(("Person Five", "pro"), (five.Name, five.Attributes["plan"].GetString()));
    }

    [Fact]
    public async Task A_segment_offers_an_import_into_itself()
    {
        var segment = (await people.Client.Segments.AddAsync("Friends", Stop)).OrThrow();
        await using var visit = await chromium.VisitAsync(people.At($"segments/{segment.Id}"));
        var page = visit.Page;

        await page.GetByRole(AriaRole.Link, new() { Name = "import a CSV file" }).ClickAsync();
        await Expect(page.GetByLabel("Segment", new() { Exact = true }).Last).ToHaveValueAsync("Friends");
        await ChooseAsync(page, "email\nfriend@example.net\n"u8.ToArray());
        await page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();

        await Expect(page.GetByText("1 row read, 1 added, 0 updated.")).ToBeVisibleAsync();
        Assert.Equal(1, (await people.Client.Segments.GetAsync(segment.Id, Stop))!.Members);
        await page.GetByRole(AriaRole.Button, new() { Name = "Import another file" }).ClickAsync();
        await Expect(page.GetByLabel("CSV file")).ToHaveValueAsync("");
    }

    private static async Task ChooseAsync(IPage page, byte[] csv)
    {
        // Blazor hears of a file only once it has prepared the input; that it counts the files shows it.
        await page.WaitForFunctionAsync("() => document.getElementById('csv')?._blazorInputFileNextFileId !== undefined");
        await page.GetByLabel("CSV file").SetInputFilesAsync(new FilePayload { Name = "people.csv", MimeType = "text/csv", Buffer = csv });
    }
}

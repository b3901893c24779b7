using System.Globalization;
using System.Text;
using MailMarketing.Dashboard.Tests;
using Microsoft.Playwright;
using ReferenceHost.Tests.TwoServices;
using static Microsoft.Playwright.Assertions;

namespace ReferenceHost.Tests.Browser;

/// <summary>From nothing to a sent campaign by the pages alone, against the gateway's own record.</summary>
public sealed class MainJobTests(Chromium chromium, ITestOutputHelper output)
{
    private const int People = 120;
    private const string Email = "ada@example.org";
    private const string Password = "olive kettle harbour";

    private const string Html = "<h1>Hello {{ first_name }}</h1><p>News from {{ attributes.city }}.</p><a href=\"{{ unsubscribe_url }}\">Unsubscribe</a>";

    [Fact]
    public async Task A_new_user_sends_a_campaign_and_the_page_says_what_the_gateway_says()
    {
        await using var services = await Topology.StartEmptyAsync("MockGateway:Seed=7", $"Admin:Email={Email}", $"Admin:Password={Password}");
        await using var visit = await chromium.VisitAsync(services.Web);
        var page = visit.Page;
        var person = new Person(page);

        await person.SignInAsync(Email, Password);
        await SetUpAsync(page, person);
        await ImportAsync(page, person);
        await AddOneAsync(page, person);
        await WriteAsync(page, person);
        await StartAsync(page, person);
        output.WriteLine($"{person.Presses} presses, {person.Time.TotalSeconds:0} s at human speed");
        Assert.InRange(person.Time, TimeSpan.Zero, TimeSpan.FromMinutes(3));

        var record = await services.RecordAsync();
        var successes = record.Count(answers => answers.Any(answer => answer.IsNew));
        await Expect(page.Locator(".mm-outcome-head")).ToContainTextAsync($"{successes} of {People + 1} sent");
        await Expect(page.Locator(".mm-outcome-head")).ToContainTextAsync("none still to come");
        var rows = await RowsAsync(page);
        Assert.Equal(People + 1, rows.Count);
        Assert.All(rows, row => Assert.Equal((record[row.Email].Count(), record[row.Email].Any(answer => answer.IsNew)), (row.Attempts, row.Success)));
    }

    private static async Task SetUpAsync(IPage page, Person person)
    {
        await Expect(page.GetByText("No From address is set")).ToBeVisibleAsync();
        await person.FollowAsync("Open the settings");
        await person.FillAsync("Name", "Example Shop");
        await person.FillAsync("Address", "news@example.org");
        await person.PressAsync("Save From");
        await Expect(page.GetByText("From saved.")).ToBeVisibleAsync();
        await person.FillAsync("User", "shop");
        await person.FillAsync("Password", "secret");
        await person.PressAsync("Save credentials");
        await Expect(page.GetByText("Open", new() { Exact = true })).ToBeVisibleAsync();
    }

    private static async Task ImportAsync(IPage page, Person person)
    {
        var csv = new StringBuilder("email,first_name,city\n");
        for (var number = 1; number <= People; number++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"p{number}@example.org,P{number},Rome\n");
        }

        await person.FollowAsync("Contacts");
        await person.FollowAsync("Import");
        await person.UploadAsync("CSV file", "people.csv", Encoding.UTF8.GetBytes(csv.ToString()));
        await person.ChooseAsync("Into a new segment");
        await person.FillAsync("Name of the segment", "Readers");
        await person.PressAsync("Import");
        await Expect(page.GetByText($"{People} rows read, {People} added")).ToBeVisibleAsync();
    }

    private static async Task AddOneAsync(IPage page, Person person)
    {
        await person.FollowAsync("Contacts");
        await person.FollowAsync("Add a contact");
        await person.FillAsync("Address", "ada@example.org");
        await person.FillAsync("First name", "Ada");
        await person.PressAsync("Add an attribute");
        await person.FillAsync("Attribute", "city");
        await person.FillAsync("Value", "London");
        await person.PressAsync("Add the contact");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("ada@example.org");
        await person.PickAsync("Add to a segment", "Re", "Readers");
        await person.PressAsync("Add");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Readers" })).ToBeVisibleAsync();
    }

    private static async Task WriteAsync(IPage page, Person person)
    {
        await person.FollowAsync("Templates");
        await person.FollowAsync("Add a template");
        await person.FillAsync("Name", "Letter");
        await person.FillAsync("Subject", "Hello {{ first_name }}");
        await person.PasteAsync("HTML", Html);
        await person.PressAsync("Add the template");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Letter");
    }

    private static async Task StartAsync(IPage page, Person person)
    {
        await person.FollowAsync("Campaigns");
        await person.FollowAsync("Create a campaign");
        await person.FillAsync("Name", "First news");
        await person.PickAsync("Template", "Le", "Letter");
        await person.PickAsync("Segments", "Re", "Readers");
        await Expect(page.Locator(".mm-audience strong")).ToHaveTextAsync($"{People + 1}");
        await person.PressAsync("Create the draft");
        await person.PressAsync("Start…");

        // Nobody has said which selector the gateway signs with
        await person.ChooseAsync("Start it all the same");
        await person.PressAsync($"Send to {People + 1} people");
        await Expect(page.Locator(".mm-header .mm-chip")).ToHaveTextAsync("Completed");
    }

    private static async Task<List<(string Email, bool Success, int Attempts)>> RowsAsync(IPage page)
    {
        var rows = new List<(string, bool, int)>();
        while (true)
        {
            await Expect(page.Locator(".mm-list[aria-busy=false]")).ToBeVisibleAsync();
            foreach (var row in await page.Locator(".mm-table tbody tr").AllAsync())
            {
                rows.Add((
                    await row.Locator("[data-label=Address]").InnerTextAsync(),
                    (await row.Locator("[data-label=Status]").InnerTextAsync()).Trim() == "Sent",
                    int.Parse(await row.Locator("[data-label=Attempts]").InnerTextAsync(), CultureInfo.InvariantCulture)));
            }

            var next = page.GetByRole(AriaRole.Button, new() { Name = "Next" });
            if (await next.IsDisabledAsync())
            {
                return rows;
            }

            var first = await page.Locator(".mm-table tbody tr").First.InnerTextAsync();
            await next.ClickAsync();
            await Expect(page.Locator(".mm-table tbody tr").First).Not.ToHaveTextAsync(first);
        }
    }
}

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MailMarketing.Dashboard.Tests;

public sealed class SampleDataTests(Chromium chromium)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sample_data_are_added_once_and_every_template_renders_for_everybody()
    {
        await using var host = await DashboardHost.StartAsync("/");
        await SampleData.AddAsync(host.Client, Stop);
        await SampleData.AddAsync(host.Client, Stop);

        var people = (await host.Client.Contacts.ListAsync(new ContactQuery { Limit = 1000 }, Stop)).OrThrow().Items;
        Assert.Equal(200, people.Count);
        Assert.Equal(200, people.Select(person => person.Name).Distinct().Count());
        Assert.All(people, person => Assert.Matches("@example\\.(com|net|org)$", person.Email));
        var segments = (await host.Client.Segments.ListAsync(new PageRequest(), Stop)).OrThrow().Items;
        Assert.Equal([200, 120, 40], segments.Select(segment => segment.Members));
        var templates = (await host.Client.Templates.ListAsync(new PageRequest(), Stop)).OrThrow().Items;
        Assert.Equal(2, templates.Count);
        var bare = (await host.Client.Contacts.AddAsync(new ContactData { Email = "bare@example.org" }, Stop)).OrThrow();
        foreach (var template in templates)
        {
            (await host.Client.Templates.PreviewAsync(template.Id, bare.Id, Stop)).OrThrow();
            (await host.Client.Templates.PreviewAsync(template.Id, null, Stop)).OrThrow();
            foreach (var person in people)
            {
                var mail = (await host.Client.Templates.PreviewAsync(template.Id, person.Id, Stop)).OrThrow();
                Assert.Contains(person.FirstName!, mail.Subject, StringComparison.Ordinal);
                Assert.DoesNotContain("{{", mail.Html + mail.Text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task The_overview_offers_sample_data_only_where_the_app_wants_it()
    {
        await using var plain = await DashboardHost.StartAsync("/");
        await using var visit = await chromium.VisitAsync(plain.Root);
        await Expect(visit.Page.GetByText("Your first campaign")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("Add sample data")).ToHaveCountAsync(0);

        await using var offering = await DashboardHost.StartAsync("/", null, mail => mail.AddDashboard(options => options.OfferSampleData = true));
        await visit.Page.GotoAsync(offering.Root.ToString());
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add sample data" }).ClickAsync();
        await Expect(visit.Page.GetByText("Sample data added.")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator(".mm-count-number")).ToHaveTextAsync(["200", "3", "2", "0"]);
        await Expect(visit.Page.GetByText("Add sample data")).ToHaveCountAsync(0);
    }
}

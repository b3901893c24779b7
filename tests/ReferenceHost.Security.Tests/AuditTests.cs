using System.Net;
using MailMarketing;
using MailMarketing.Dashboard.Tests;
using Microsoft.Playwright;
using ReferenceHost.People;
using static Microsoft.Playwright.Assertions;

namespace ReferenceHost.Security.Tests;

/// <summary>What people do to people, and who may read of it.</summary>
public sealed class AuditTests(Chromium chromium, SafeHost host) : IClassFixture<SafeHost>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Fault", "S-62")]
    public async Task What_administrators_do_with_people_and_tokens_is_written_down()
    {
        using var administrator = await host.SignedInAsync(PersonRole.Administrator, "auditor@example.org");
        var person = await host.AddAsync("changed@example.org", PersonRole.Viewer);
        await administrator.PostAsync("/people", $"/people/{person.Id}/role", ("role", "Marketer"));
        await administrator.PostAsync("/people", $"/people/{person.Id}/disable");
        await administrator.PostAsync("/tokens", "/tokens", ("name", "reports"), ("scope", "Viewer"), ("days", "3"));
        await administrator.PostAsync("/account", "/account/password", ("old", SafeHost.Password), ("password", "another kettle harbour"));

        var entries = await OfAsync("auditor@example.org");
        Assert.Equal(["person.change", "person.change", "token.add", "person.password"], entries.Select(entry => entry.Action));
        Assert.All(entries, entry => Assert.StartsWith("127.", entry.Address, StringComparison.Ordinal));
        Assert.Equal($"person {person.Id} (changed@example.org)", entries[0].Subject);
        Assert.Contains("\"role\":\"Viewer\"", entries[0].Before, StringComparison.Ordinal);
        Assert.Contains("\"role\":\"Marketer\"", entries[0].After, StringComparison.Ordinal);
        Assert.Contains("\"disabled\":true", entries[1].After, StringComparison.Ordinal);
        Assert.Contains("reports", entries[2].After, StringComparison.Ordinal);
        var all = string.Join('\n', entries);
        Assert.DoesNotContain("mm_", all, StringComparison.Ordinal);
        Assert.DoesNotContain("kettle", all, StringComparison.Ordinal);
        Assert.Contains("person.sign-in", (await OfAsync("auditor@example.org)")).Select(entry => entry.Action));
    }

    [Fact]
    [Trait("Fault", "S-62")]
    public async Task Administrators_read_the_log_and_nobody_else()
    {
        await host.AddAsync("reader@example.org", PersonRole.Administrator);
        await using var visit = await chromium.VisitAsync(new Uri(host.Web, "/segments/add"));
        var page = visit.Page;
        await BrowserTests.SignInAsync(page, "reader@example.org");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Noted segment");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the segment" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Noted segment");
        await page.GetByRole(AriaRole.Link, new() { Name = "Audit log" }).ClickAsync();
        await page.GetByLabel("Search by person, deed or thing").FillAsync("Noted segment");
        var row = page.Locator("tbody tr").First;
        await Expect(row).ToContainTextAsync("reader@example.org");
        await Expect(row).ToContainTextAsync("segment.add");

        using var marketer = await host.SignedInAsync(PersonRole.Marketer, "curious@example.org");
        await using var other = await chromium.VisitAsync(new Uri(host.Web, "/audit"));
        await BrowserTests.SignInAsync(other.Page, "curious@example.org");
        await Expect(other.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Not for your account");
        Assert.Equal(HttpStatusCode.Forbidden, (await marketer.GetAsync("/api/v1/audit")).Status);
    }

    private async Task<IReadOnlyList<AuditEntry>> OfAsync(string search) => (await host.Services.GetRequiredService<AuditClient>()
        .ListAsync(new PageRequest { Search = search, Limit = 100 }, Stop)).OrThrow().Items
        .Where(entry => entry.Actor == search || entry.Subject?.EndsWith(search, StringComparison.Ordinal) == true).ToList();
}

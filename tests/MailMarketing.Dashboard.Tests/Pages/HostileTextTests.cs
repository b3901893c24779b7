using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MailMarketing.Dashboard.Tests.Pages;

/// <summary>Whatever people, programs and gateways wrote is text on every page (FAULTS: S-14, S-15, S-18).</summary>
public sealed class HostileTextTests(Chromium chromium)
{
    private static readonly string[] _attacks =
    [
        "<script>hit()</script>", "\"><script>hit()</script>", "'><img src=x onerror=hit()>", "<svg onload=hit()>", "javascript:hit()",
        "\" autofocus onfocus=\"hit()", "</title><script>hit()</script>", "</textarea><script>hit()</script>",
        "<iframe srcdoc=\"<script>parent.hit()</script>\">", "</script><script>hit()</script>", "<a href=\"javascript:hit()\">x</a>",
        "--></style><script>hit()</script>",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_page_runs_what_a_field_says()
    {
        var gateway = new ScriptedGateway { Answer = message => new(GatewayOutcome.Rejected, message.Headers["X-Attack"]) };
        await using var host = await DashboardHost.StartAsync(
            "/admin/mail", configure: mail => mail.Services.AddKeyedSingleton<IEmailGateway>("bulk", gateway));
        var ids = new List<(long Contact, long Segment, long Template, long Campaign)>();
        foreach (var attack in _attacks)
        {
            ids.Add(await FillAsync(host.Client, attack));
        }

        await using var visit = await chromium.VisitAsync(host.Root);
        var (page, hits) = (visit.Page, new List<string>());
        await page.ExposeFunctionAsync("hit", () => hits.Add(page.Url));
        page.Dialog += (_, dialog) => hits.Add(dialog.Message);
        string[] lists = ["", "contacts", "segments", "templates", "media", "campaigns", "settings", "audit", "contacts?search=%3Cscript%3Ehit()%3C/script%3E"];
        foreach (var path in lists.Concat(ids.SelectMany(Pages)))
        {
            await page.GotoAsync(new Uri(host.Root, path).ToString());
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First).ToBeVisibleAsync();
            await Expect(page.Locator(".mud-skeleton")).ToHaveCountAsync(0);
        }

        // The checker can fail, and the attacks can be seen: they are there, as text
        Assert.Empty(hits);
        await Expect(page.GetByText(_attacks[^1]).First).ToBeVisibleAsync();
        await page.EvaluateAsync("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=hit()>')");
        await Expect(page.Locator("body > img")).ToHaveCountAsync(1);
        for (var tries = 0; hits.Count == 0 && tries < 100; tries++)
        {
            await page.WaitForTimeoutAsync(50);
        }

        Assert.NotEmpty(hits);
    }

    private static IEnumerable<string> Pages((long Contact, long Segment, long Template, long Campaign) of) =>
    [
        $"contacts/{of.Contact}", $"contacts/{of.Contact}/edit", $"segments/{of.Segment}", $"templates/{of.Template}", $"templates/{of.Template}/edit",
        $"templates/{of.Template}/versions", $"campaigns/{of.Campaign}",
    ];

    private static async Task<(long, long, long, long)> FillAsync(MailMarketingClient client, string attack)
    {
        var number = Array.IndexOf(_attacks, attack);
        (await client.Settings.UpdateAsync(
            new()
            {
                Auth = new("u", "p"), From = new(attack, "shop@example.org"), Headers = new Dictionary<string, string> { ["X-Attack"] = attack },
            },
            Stop)).OrThrow();
        var contact = (await client.Contacts.AddAsync(
            new()
            {
                Email = $"person{number}@example.org", Name = attack, FirstName = attack, LastName = attack,
                Attributes = new Dictionary<string, JsonElement> { [$"a{number}"] = JsonSerializer.SerializeToElement(attack) },
            },
            Stop)).OrThrow();
        await client.Contacts.SuppressAsync($"other{number}@example.org", attack, Stop);
        var segment = (await client.Segments.AddAsync(attack, Stop)).OrThrow();
        await client.Segments.AddMembersAsync(segment.Id, [contact.Id], Stop);
        using var content = new MemoryStream([.. MediaPageTests.Dot, (byte)number]);
        (await client.Media.AddAsync(attack.Replace('/', '|'), null, content, Stop)).OrThrow();
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(attack));
        var attached = (await client.Attachments.AddAsync(attack.Replace('/', '|'), "text/html", file, Stop)).OrThrow();
        var source = new TemplateSource
        {
            Subject = attack, Html = $"<p>{{{{ name }}}}</p>{WebUtility.HtmlEncode(attack)}", Text = attack, Preheader = attack, Attachments = [attached],
        };
        var template = (await client.Templates.AddAsync(attack, source, Stop)).OrThrow();
        (await client.Templates.UpdateAsync(template.Id, attack, source with { Text = $"{attack} again" }, Stop)).OrThrow();
        (await client.Templates.UpdateAsync(template.Id, attack, source with { Attachments = null }, Stop)).OrThrow();
        var campaign = (await client.Campaigns.AddAsync(
            new() { Name = attack, TemplateId = template.Id, SegmentIds = [segment.Id], Subject = attack }, Stop)).OrThrow();
        (await client.Campaigns.StartAsync(campaign.Id, Stop)).OrThrow();
        return (contact.Id, segment.Id, template.Id, campaign.Id);
    }
}

using System.Runtime.CompilerServices;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MailMarketing.Dashboard.Tests.Pages;

/// <summary>Pictures of the pages of templates and campaigns in artifacts/screenshots, to be looked at; each must fit its width.</summary>
public sealed class CampaignScreenshotTests(Chromium chromium, SharedHost shared) : IClassFixture<SharedHost>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1440, false)]
    [InlineData(390, true)]
    public async Task Pages_fit_the_screen(int width, bool dark)
    {
        var looks = $"{width}-{(dark ? "dark" : "light")}";
        var letter = (await shared.Client.Templates.AddAsync($"Harvest letter {looks}", Letter(), Stop)).OrThrow();
        var draft = await shared.DraftAsync($"Harvest {looks}");
        await shared.Client.Campaigns.UpdateAsync(draft.Id, draft.Draft with { TemplateId = letter.Id }, Stop);
        shared.Gateway.Answer = Answer;
        var running = (await shared.Client.Campaigns.StartAsync((await shared.DraftAsync($"First news {looks}")).Id, Stop)).OrThrow();

        await using var visit = await chromium.VisitAsync(shared.At($"campaigns/{running.Id}"), width, dark);
        var page = visit.Page;
        await Expect(page.Locator(".mm-legend .mm-is-retry b")).ToHaveTextAsync("2");
        await ShootAsync(page, $"campaign-running-{looks}", width);
        await page.GotoAsync(shared.At("campaigns").ToString());
        await ShootAsync(page, $"campaigns-{looks}", width);
        await page.GotoAsync(shared.At($"campaigns/{draft.Id}/edit").ToString());
        await ShootAsync(page, $"campaign-edit-{looks}", width);
        await page.GotoAsync(shared.At($"campaigns/{draft.Id}").ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Start…" }).ClickAsync();
        await Expect(page.Locator(".mm-preflight-well")).ToBeVisibleAsync();
        await page.Locator(".mm-preflight-well").Locator("summary").ClickAsync();
        await ShootAsync(page, $"campaign-start-{looks}", width);
        await page.GetByRole(AriaRole.Button, new() { Name = "Not yet" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Schedule…" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).Locator(".mm-audience strong")).ToHaveTextAsync("60");
        await ShootAsync(page, $"campaign-schedule-{looks}", width);
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Schedule" }).ClickAsync();
        await Expect(page.Locator(".mm-header .mm-chip")).ToHaveTextAsync("Scheduled");
        await ShootAsync(page, $"campaign-scheduled-{looks}", width);
        (await shared.Client.Campaigns.UnscheduleAsync(draft.Id, Stop)).OrThrow();

        // A window as tall as the page: grown for the picture, it would not paint the preview's frame again.
        await page.SetViewportSizeAsync(width, width == 390 ? 2300 : 1300);
        await page.GotoAsync(shared.At($"templates/{letter.Id}").ToString());
        await Expect(page.FrameLocator("iframe").GetByRole(AriaRole.Heading)).ToBeVisibleAsync();
        await ShootAsync(page, $"template-{looks}", width);
        await page.SetViewportSizeAsync(width, width == 390 ? 4400 : 1700);
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();
        await Expect(page.FrameLocator(".mm-compare > li:last-child iframe").GetByRole(AriaRole.Heading)).ToBeVisibleAsync();
        await ShootAsync(page, $"template-compare-{looks}", width);
        await page.GetByRole(AriaRole.Button, new() { Name = "Dark", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Mobile" }).ClickAsync();
        await Expect(page.Locator(".mm-narrow.mm-dark")).ToHaveCountAsync(SampleContacts.All.Count);
        await ShootAsync(page, $"template-compare-mobile-{looks}", width);
        await page.SetViewportSizeAsync(width, width == 390 ? 2300 : 1300);
        await page.GotoAsync(shared.At($"templates/{letter.Id}/edit").ToString());
        await Expect(page.FrameLocator("iframe").GetByRole(AriaRole.Heading)).ToBeVisibleAsync();
        await page.GetByLabel("Text", new() { Exact = true }).FillAsync("Dear {{ nam }},\n\nwe have apples again.\n");
        await Expect(page.GetByText("This is how it was before the mistakes.")).ToBeVisibleAsync();
        await Expect(page.Locator(".mm-wrong")).ToHaveTextAsync("nam");
        await page.EvaluateAsync("() => { document.activeElement.blur(); scrollTo(0, 0); }");
        await ShootAsync(page, $"template-edit-{looks}", width);
    }

    // person2 and person20 to person29 do not exist, person5 is busy, and so is one more; of person7 nobody can tell.
    private static GatewayResult Answer(EmailMessage message) => message.To.Email switch
    {
        ['p', 'e', 'r', 's', 'o', 'n', '2', ..] => new(GatewayOutcome.Rejected, "550 5.1.1 There is no such mailbox here."),
        "person7@example.org" => new(GatewayOutcome.Ambiguous, "The connection broke before the answer."),
        "person5@example.org" or "person55@example.org" => new(GatewayOutcome.Deferred, "451 4.3.0 The mailbox is busy; try again later."),
        _ => GatewayResult.Accepted(message.IdempotencyKey),
    };

    private static async Task ShootAsync(IPage page, string name, int width)
    {
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Expect(page.Locator(".mud-skeleton")).ToHaveCountAsync(0);
        await page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(Folder(), $"{name}.png"),
            FullPage = true,
            Animations = ScreenshotAnimations.Disabled,
        });
        Assert.Equal(width, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }

    private static TemplateSource Letter() => new()
    {
        Subject = "{{ first_name }}, the harvest is in",
        Html = """
            <!DOCTYPE html>
            <html>
            <head>
              <meta name="color-scheme" content="light dark">
              <style>
                .ground { margin: 0; background: #f3efe6; font-family: Georgia, serif; }
                .card { max-width: 100%; background: #ffffff; }
                .button { background: #b4552d; color: #fff; padding: 12px 20px; border-radius: 6px; }
                @media (prefers-color-scheme: dark) {
                  .ground { background: #1b1814 !important; }
                  .card { background: #2a251f !important; color: #efe8dc !important; }
                }
              </style>
            </head>
            <body class="ground">
              <table class="card" width="600" align="center" cellpadding="32">
                <tr><td>
                  <h1>The harvest is in</h1>
                  <p>Dear {{ name }},</p>
                  <p>apples, pears and the first quinces are here. Come by on Saturday and taste them.</p>
                  <p><a class="button" href="https://example.org/harvest">See what there is</a></p>
                  <p style="color: #777; font-size: 12px;"><a href="{{ unsubscribe_url }}">Unsubscribe</a></p>
                </td></tr>
              </table>
            </body>
            </html>
            """,
        Text = "Dear {{ name }},\n\napples, pears and the first quinces are here.\n\nUnsubscribe: {{ unsubscribe_url }}\n",
    };

    private static string Folder([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../../artifacts/screenshots"));
}

using System.Text.Json;
using Microsoft.Playwright;

namespace MailMarketing.Dashboard.Tests.Pages;

/// <summary>Pictures of the emails to begin with in artifacts/screenshots, to be looked at; each must fit its width and be legible.</summary>
public sealed class StarterScreenshotTests(Chromium chromium, SharedHost shared) : IClassFixture<SharedHost>
{
    // The lowest contrast of a text to what is behind it (WCAG 2, 1.4.3), with the text
    private const string LowestContrast = """
        () => {
          const parse = text => text.match(/[\d.]+/g).map(Number);
          const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
            .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
          const behind = element => {
            for (; element; element = element.parentElement) {
              const color = parse(getComputedStyle(element).backgroundColor);
              if (color.length === 3 || color[3] === 1) return color;
            }
            return [255, 255, 255];
          };
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          let lowest = { ratio: 21, text: '' };
          while (texts.nextNode()) {
            const element = texts.currentNode.parentElement, text = texts.currentNode.data.trim();
            const box = element.getBoundingClientRect();
            if (!text || box.width === 0 || box.height === 0 || getComputedStyle(element).visibility === 'hidden') continue;
            const [a, b] = [light(parse(getComputedStyle(element).color)), light(behind(element))];
            const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
            if (ratio < lowest.ratio) lowest = { ratio, text };
          }
          return `${lowest.ratio.toFixed(2)} ${lowest.text}`;
        }
        """;

    private static readonly ContactData Reader = new()
    {
        Email = "ada@example.org",
        FirstName = "Ada",
        LastName = "Lovelace",
        Attributes = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>("""
            {"order_number": "A-1042", "total": 1234.5, "lines": [{"title": "Tea from the hills, 250 g", "price": 7.5}, {"title": "Mug", "price": 1227}],
             "items": [{"title": "A long walk", "url": "https://www.example.com/walk", "summary": "Along the river, by night, until the lamps go out."},
                       {"title": "Donaudampfschifffahrtsgesellschaft", "url": "https://www.example.com/ship", "summary": "A word of its own."}]}
            """)!,
    };

    public static TheoryData<string, int, bool> All => [.. StarterTemplates.All.SelectMany(
        starter => new[] { 390, 640 }.SelectMany(width => new[] { false, true }.Select(dark => (starter.Name, width, dark))))];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Each_fits_its_window_and_can_be_read_in_light_and_dark(string name, int width, bool dark)
    {
        var source = StarterTemplates.All.Single(starter => starter.Name == name).Source;
        var emails = await shared.Client.Templates.PreviewEachAsync(source, [new("Reader", Reader)], TestContext.Current.CancellationToken);
        await using var visit = await chromium.VisitAsync(new Uri("about:blank"), width, dark);
        await visit.Page.SetContentAsync(emails[0].OrThrow().Html!);
        await visit.Page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(ScreenshotTests.Pictures, $"starter-{name}-{width}-{(dark ? "dark" : "light")}.png"), FullPage = true,
        });

        Assert.Equal(width, await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        var lowest = await visit.Page.EvaluateAsync<string>(LowestContrast);
        Assert.True(double.Parse(lowest.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) >= 4.5, lowest);
    }
}

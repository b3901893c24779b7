using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(MailMarketing.Dashboard.Tests.Chromium))]

namespace MailMarketing.Dashboard.Tests;

/// <summary>The machine's own Chromium, started once for all tests: the one without windows where it is, since it takes half the time.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] _programs = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        var program = _programs.FirstOrDefault(File.Exists) ?? throw new InvalidOperationException(
            $"{string.Join(" and ", _programs)} are missing: install Debian's package of it, as in apt-get install -y chromium-headless-shell.");

        // Generous, since a busy machine starts pages slowly; a test that passes waits no longer than it must.
        Assertions.SetDefaultExpectTimeout(30_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",

                // A preview's frame in its page's process: one that changes its own in the middle of a change is lost to the tests.
                "--disable-features=IsolateSandboxedIframes",
            ],
        });
    }

    /// <summary>A window of its own, as of a visitor who was never there.</summary>
    public async Task<Visit> VisitAsync(Uri address, int width = 1440, bool dark = false, IDictionary<string, string>? headers = null)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            TimezoneId = "Europe/Berlin",
            ExtraHTTPHeaders = headers,
        });
        context.SetDefaultTimeout(90_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync(address.ToString());
        return new Visit(context, page);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}

using Microsoft.Playwright;

namespace MailMarketing.Dashboard.Tests;

/// <summary>A window of the browser; closing it ends the connection before the app stops.</summary>
public sealed class Visit(IBrowserContext context, IPage page) : IAsyncDisposable
{
    public IPage Page { get; } = page;

    public async ValueTask DisposeAsync()
    {
        await Page.CloseAsync(new PageCloseOptions { RunBeforeUnload = false });
        await context.DisposeAsync();
    }
}

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MailMarketing.Dashboard.Tests;

internal static class Picking
{
    /// <summary>Types what finds one thing alone, and takes it by the keyboard.</summary>
    public static async Task PickAsync(this ILocator field, string text)
    {
        var offered = field.Page.GetByRole(AriaRole.Option);
        await field.FillAsync(text);
        await Expect(offered).ToHaveCountAsync(1);
        await field.PressAsync("Enter");
        await Expect(offered).ToHaveCountAsync(0);
    }

    /// <summary>Chooses a file, until there is a sign that it was taken or refused.</summary>
    public static async Task ChooseAsync(this ILocator input, string name, byte[] content, ILocator sign)
    {
        // A new input listens a moment after it is there; people take longer to choose a file
        for (var tries = 1; ; tries++)
        {
            await input.SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/plain", Buffer = content });
            try
            {
                await Expect(sign).ToBeVisibleAsync(new() { Timeout = tries < 10 ? 3000 : 30_000 });
                return;
            }
            catch (PlaywrightException) when (tries < 10)
            {
            }
        }
    }
}

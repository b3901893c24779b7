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
}

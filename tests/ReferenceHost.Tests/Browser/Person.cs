using Microsoft.Playwright;

namespace ReferenceHost.Tests.Browser;

/// <summary>Somebody who works the pages by what they can read there, with the time that hands and eyes would take.</summary>
internal sealed class Person(IPage page)
{
    // As in the keystroke-level model of Card, Moran and Newell: think, point, press; and a key
    private static readonly TimeSpan _press = TimeSpan.FromSeconds(1.35 + 1.1 + 0.2);
    private static readonly TimeSpan _key = TimeSpan.FromSeconds(0.28);

    /// <summary>What the work so far would take a person.</summary>
    public TimeSpan Time { get; private set; }

    /// <summary>Presses so far.</summary>
    public int Presses { get; private set; }

    public Task FollowAsync(string link) => PressAsync(page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).First);

    public Task PressAsync(string button) => PressAsync(page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }));

    public Task ChooseAsync(string text) => PressAsync(page.GetByText(text, new() { Exact = true }));

    public async Task FillAsync(string label, string text)
    {
        Press();
        Time += text.Length * _key;
        await Field(label).FillAsync(text);
    }

    public async Task SignInAsync(string email, string password)
    {
        await FillAsync("Address", email);
        await FillAsync("Password", password);
        await PressAsync("Sign in");
    }

    /// <summary>Puts in at once what was written elsewhere.</summary>
    public async Task PasteAsync(string label, string text)
    {
        Press();
        Time += 2 * _key;
        await Field(label).FillAsync(text);
    }

    /// <summary>Types the beginning of a name and takes the entry that is offered.</summary>
    public async Task PickAsync(string label, string beginning, string entry)
    {
        await FillAsync(label, beginning);
        var offered = page.GetByRole(AriaRole.Option);
        await Assertions.Expect(offered).ToHaveCountAsync(1);
        await Assertions.Expect(offered).ToContainTextAsync(entry);
        Press();
        await Field(label).PressAsync("Enter");
        await Assertions.Expect(offered).ToHaveCountAsync(0);
    }

    public async Task UploadAsync(string label, string name, byte[] file)
    {
        Press();
        Press();

        // Blazor hears of a file only once it has prepared the input; that it counts the files shows it
        await page.WaitForFunctionAsync("() => document.querySelector('input[type=file]')?._blazorInputFileNextFileId !== undefined");
        await page.GetByLabel(label).SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/csv", Buffer = file });
    }

    private ILocator Field(string label) => page.GetByLabel(label, new() { Exact = true }).And(page.Locator("input, textarea"));

    private Task PressAsync(ILocator where)
    {
        Press();
        return where.ClickAsync();
    }

    private void Press()
    {
        Presses++;
        Time += _press;
    }
}

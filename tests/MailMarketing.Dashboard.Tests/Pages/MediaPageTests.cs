using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MailMarketing.Dashboard.Tests.Pages;

public sealed class MediaPageTests(Chromium chromium)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_image_is_uploaded_seen_and_deleted_once_nothing_shows_it()
    {
        await using var host = await DashboardHost.StartAsync("/admin/mail");
        await using var visit = await chromium.VisitAsync(new Uri(host.Root, "media"));
        var page = visit.Page;
        var upload = page.GetByRole(AriaRole.Button, new() { Name = "Upload" });
        await Expect(page.GetByText("No images yet")).ToBeVisibleAsync();
        await upload.ClickAsync();
        await Expect(page.GetByText("Choose an image.")).ToBeVisibleAsync();
        await page.GetByLabel("Image", new() { Exact = true }).SetInputFilesAsync(File("drawing.png", "<svg/>"u8.ToArray()));
        await upload.ClickAsync();
        await Expect(page.GetByText("The file is no PNG, JPEG, GIF or WebP image")).ToBeVisibleAsync();

        await page.GetByLabel("Image", new() { Exact = true }).SetInputFilesAsync(File("dot.gif", Dot));
        await upload.ClickAsync();

        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "dot.gif" });
        await Expect(row).ToContainTextAsync("1 × 1");
        await Expect(row.Locator("img")).ToHaveJSPropertyAsync("naturalWidth", 1);
        var file = (await host.Client.Media.ListAsync(new PageRequest(), Stop)).OrThrow().Items.Single();
        var address = host.Client.Media.AddressOf(file);
        await Expect(row.GetByRole(AriaRole.Button, new() { Name = "Copy the address of dot.gif" })).ToHaveAttributeAsync("data-mm-text", address);

        var source = new TemplateSource { Subject = "s", Html = $"<img src=\"{address}\" alt=\"\">" };
        var template = (await host.Client.Templates.AddAsync("Letter", source, Stop)).OrThrow();
        await DeleteAsync();
        await Expect(page.GetByText("dot.gif is shown by template Letter")).ToBeVisibleAsync();
        await host.Client.Templates.DeleteAsync(template.Id, Stop);
        await DeleteAsync();
        await Expect(page.GetByText("No images yet")).ToBeVisibleAsync();

        async Task DeleteAsync()
        {
            await row.GetByRole(AriaRole.Button, new() { Name = "Delete dot.gif" }).ClickAsync();
            await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        }
    }

    // One pixel of red
    internal static byte[] Dot { get; } = Convert.FromBase64String("R0lGODlhAQABAIAAAP8AAP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==");

    private static FilePayload File(string name, byte[] content) => new() { Name = name, MimeType = "image/png", Buffer = content };
}

using System.Diagnostics;

namespace MailMarketing.Templates.Scriban.Tests;

/// <summary>Recipients and renders as the tests need them.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    public static ScribanRenderer Renderer { get; } = new(Microsoft.Extensions.Options.Options.Create(new ScribanOptions()));

    public static TemplateBuild Build(TemplateSource source, params (string Name, TemplateSource Source)[] parts) =>
        Build(source, ContactModel.Free, parts);

    public static TemplateBuild Build(TemplateSource source, ContactModel model, params (string Name, TemplateSource Source)[] parts) =>
        Renderer.Build(source, new TemplateSurroundings
        {
            Parts = parts.ToDictionary(part => part.Name, part => part.Source),
            Model = model,
            PublicUrl = new Uri("https://mail.example.org/app"),
        });

    public static TemplateBuild Build(string html, params (string Name, TemplateSource Source)[] parts) =>
        Build(new TemplateSource { Subject = "s", Html = html }, parts);

    /// <summary>What a template gives that has no errors.</summary>
    public static RenderedEmail Built(TemplateSource source, Recipient? recipient = null, params (string Name, TemplateSource Source)[] parts)
    {
        var build = Build(source, parts);
        Assert.True(build.Source is not null, string.Join('\n', build.Mistakes));
        return Render(build.Source, recipient);
    }

    public static TemplateSource Partial(string html, string? text = null) => new() { Subject = "", Html = html, Text = text, Kind = TemplateKind.Partial };

    public static TemplateSource Layout(string html, string? text = null) => new() { Subject = "", Html = html, Text = text, Kind = TemplateKind.Layout };

    public static Recipient Recipient(string? name = "Ada", params (string Key, object? Value)[] attributes) =>
        new(new Dictionary<string, object?>(TemplateFields.Sample)
        {
            ["name"] = name,
            ["attributes"] = attributes.ToDictionary(pair => pair.Key, pair => pair.Value),
        }, Now);

    public static RenderedEmail Render(TemplateSource source, Recipient? recipient = null) =>
        Some.Renderer.Compile(source).Render(recipient ?? Recipient());

    public static string Html(string html, Recipient? recipient = null) =>
        Render(new TemplateSource { Subject = "s", Html = html }, recipient).Html!;

    public static string Text(string text, Recipient? recipient = null) =>
        Render(new TemplateSource { Subject = "s", Text = text }, recipient).Text!;

    public static IReadOnlyList<TemplateMistake> Check(string html) =>
        Some.Renderer.Check(new TemplateSource { Subject = "s", Html = html }, TemplateFields.BuiltIn);

    public static TemplateException Fails(string html, Recipient? recipient = null) =>
        Assert.Throws<TemplateException>(() => Html(html, recipient));

    /// <summary>Fails, and soon: generous for a busy machine, but far below what the input would take.</summary>
    public static void FailsFast(string html)
    {
        var started = Stopwatch.GetTimestamp();
        Fails(html);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(10), html[..Math.Min(60, html.Length)]);
    }
}

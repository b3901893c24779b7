namespace MailMarketing.Dashboard.Pages.Templates;

/// <summary>A template as it stands in the form: no part is null.</summary>
/// <param name="Name">The template's name.</param>
/// <param name="Subject">The subject line.</param>
/// <param name="Html">The HTML part; empty for none.</param>
/// <param name="Text">The text part; empty for none.</param>
/// <param name="Language">What it is written in.</param>
public sealed record TemplateDraft(string Name, string Subject, string Html, string Text, string Language)
{
    /// <summary>The template that it was: what the form does not show stays.</summary>
    public TemplateSource Before { get; private init; } = new() { Subject = "" };

    /// <summary>The template to check, preview and store; an empty part is none.</summary>
    public TemplateSource Source => Before with { Subject = Subject, Html = Part(Html), Text = Part(Text), Language = Language };

    /// <summary>An empty one.</summary>
    public static TemplateDraft New(string language) => new("", "", "", "", language);

    /// <summary>One that is stored.</summary>
    public static TemplateDraft Of(EmailTemplate template)
    {
        ArgumentNullException.ThrowIfNull(template);
        var source = template.Source;
        return new(template.Name, source.Subject, source.Html ?? "", source.Text ?? "", source.Language) { Before = source };
    }

    private static string? Part(string text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

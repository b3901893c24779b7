using System.ComponentModel;

namespace MailMarketing.AspNetCore.Api;

/// <summary>A template in another language as the API takes and shows it.</summary>
internal sealed record TranslationBody
{
    [Description("The subject line.")]
    public string? Subject { get; init; }

    [Description("The HTML part.")]
    public string? Html { get; init; }

    [Description("The HTML part in Markdown, in place of html.")]
    public string? Markdown { get; init; }

    [Description("The text part; made from the HTML part where it is not given.")]
    public string? Text { get; init; }

    [Description("What mail programs show beside the subject.")]
    public string? Preheader { get; init; }

    public TemplateTranslation ToTranslation() =>
        new() { Subject = Subject ?? "", Html = Html, Markdown = Markdown, Text = Text, Preheader = Preheader };

    public static TranslationBody Of(TemplateTranslation translation) => new()
    {
        Subject = translation.Subject,
        Html = translation.Html,
        Markdown = translation.Markdown,
        Text = translation.Text,
        Preheader = translation.Preheader,
    };
}

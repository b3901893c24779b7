using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace MailMarketing.AspNetCore.Api;

/// <summary>A template as the API takes it.</summary>
internal sealed record TemplateBody
{
    [Required]
    [MaxLength(Limits.Name)]
    public string? Name { get; init; }

    [MaxLength(Limits.Subject)]
    [Description("The subject line, with placeholders such as {{ first_name }}. Required of emails; layouts and partials have none.")]
    public string? Subject { get; init; }

    [Description("The HTML part, at most 256 KiB; a template has this, a text part or both.")]
    public string? Html { get; init; }

    [Description("The text part, at most 256 KiB; made from the HTML part where it is not given.")]
    public string? Text { get; init; }

    [Description("The template language; scriban where it is not given.")]
    public string? Language { get; init; }

    [JsonConverter(typeof(CamelCase<TemplateKind>))]
    [Description("What it is for; email where it is not given.")]
    public TemplateKind Kind { get; init; }

    [Description("The HTML part in Markdown, in place of html.")]
    public string? Markdown { get; init; }

    [Description("What mail programs show beside the subject.")]
    public string? Preheader { get; init; }

    [Description("The template in other languages, by language tag; contacts get theirs by the attribute language.")]
    public IReadOnlyDictionary<string, TranslationBody?>? Translations { get; init; }

    [Description("Files that every email carries, as POST /attachments answered them.")]
    public IReadOnlyList<AttachmentBody?>? Attachments { get; init; }

    public TemplateSource ToSource()
    {
        var source = new TemplateSource
        {
            Subject = Subject ?? "",
            Html = Html,
            Text = Text,
            Kind = Kind,
            Markdown = Markdown,
            Preheader = Preheader,
            Translations = Translations?.ToDictionary(one => one.Key, one => (one.Value ?? new TranslationBody()).ToTranslation()),
            Attachments = AttachmentBody.ToAttachments(Attachments),
        };
        return Language is null ? source : source with { Language = Language };
    }
}

namespace MailMarketing.Dashboard.Pages.Templates;

/// <summary>A template as it stands in the form: no part is null.</summary>
/// <param name="Name">The template's name.</param>
/// <param name="Subject">The subject line.</param>
/// <param name="Body">The HTML part, in HTML or Markdown; empty for none.</param>
/// <param name="Text">The text part; empty for none.</param>
/// <param name="Language">What it is written in.</param>
public sealed record TemplateDraft(string Name, string Subject, string Body, string Text, string Language)
{
    /// <summary>What it is for.</summary>
    public TemplateKind Kind { get; init; }

    /// <summary>Whether <see cref="Body"/> is Markdown.</summary>
    public bool IsMarkdown { get; init; }

    /// <summary>What mail programs show beside the subject; empty for nothing.</summary>
    public string Preheader { get; init; } = "";

    /// <summary>The template in other languages.</summary>
    public IReadOnlyList<TranslationDraft> Translations { get; init; } = [];

    /// <summary>Files that every email of it carries.</summary>
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>The template to check, preview and store; an empty part is none.</summary>
    public TemplateSource ToSource() => new()
    {
        Subject = Kind == TemplateKind.Email ? Subject : "",
        Html = IsMarkdown ? null : Part(Body),
        Markdown = IsMarkdown ? Part(Body) : null,
        Text = Part(Text),
        Language = Language,
        Kind = Kind,
        Preheader = Kind == TemplateKind.Email ? Part(Preheader) : null,
        Translations = Kind == TemplateKind.Email && Translations.Count > 0
            ? Translations.DistinctBy(one => one.Language).ToDictionary(one => one.Language, one => one.ToTranslation())
            : null,
        Attachments = Kind == TemplateKind.Email && Attachments.Count > 0 ? Attachments : null,
    };

    /// <summary>Whether another one says the same; lists are equal to nothing but themselves.</summary>
    public bool Says(TemplateDraft other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with { Translations = other.Translations, Attachments = other.Attachments } == other
            && Translations.SequenceEqual(other.Translations) && Attachments.SequenceEqual(other.Attachments);
    }

    /// <summary>An empty one.</summary>
    public static TemplateDraft New(string language) => new("", "", "", "", language);

    /// <summary>One that is stored.</summary>
    public static TemplateDraft Of(EmailTemplate template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return Of(template.Name, template.Source);
    }

    /// <summary>One that begins with an email.</summary>
    public static TemplateDraft Of(string name, TemplateSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new(name, source.Subject, source.Markdown ?? source.Html ?? "", source.Text ?? "", source.Language)
        {
            Kind = source.Kind,
            IsMarkdown = source.Markdown is not null,
            Preheader = source.Preheader ?? "",
            Translations = [.. (source.Translations ?? new Dictionary<string, TemplateTranslation>())
                .OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => TranslationDraft.Of(one.Key, one.Value))],
            Attachments = source.Attachments ?? [],
        };
    }

    /// <summary>A part as it is stored.</summary>
    internal static string? Part(string text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

namespace MailMarketing.Dashboard.Pages.Templates;

/// <summary>A translation as it stands in the form.</summary>
/// <param name="Language">Its language tag.</param>
/// <param name="Subject">The subject line.</param>
/// <param name="Body">The HTML part, in HTML or Markdown; empty for none.</param>
/// <param name="Text">The text part; empty for none.</param>
/// <param name="Preheader">What mail programs show beside the subject; empty for nothing.</param>
/// <param name="IsMarkdown">Whether <paramref name="Body"/> is Markdown.</param>
public sealed record TranslationDraft(string Language, string Subject, string Body, string Text, string Preheader, bool IsMarkdown)
{
    /// <summary>Tells its editors from those of another one, whatever is typed.</summary>
    public Guid Key { get; } = Guid.NewGuid();

    /// <summary>The translation to check and store.</summary>
    public TemplateTranslation ToTranslation() => new()
    {
        Subject = Subject,
        Html = IsMarkdown ? null : TemplateDraft.Part(Body),
        Markdown = IsMarkdown ? TemplateDraft.Part(Body) : null,
        Text = TemplateDraft.Part(Text),
        Preheader = TemplateDraft.Part(Preheader),
    };

    /// <summary>One that is stored.</summary>
    public static TranslationDraft Of(string language, TemplateTranslation translation)
    {
        ArgumentNullException.ThrowIfNull(translation);
        return new(
            language, translation.Subject, translation.Markdown ?? translation.Html ?? "", translation.Text ?? "", translation.Preheader ?? "",
            translation.Markdown is not null);
    }
}

namespace MailMarketing;

/// <summary>What a template author writes.</summary>
public sealed record TemplateSource
{
    /// <summary>The subject line, with placeholders. Layouts and partials have none: leave it empty.</summary>
    public required string Subject { get; init; }

    /// <summary>The HTML part; null where the mail is text only, or <see cref="Markdown"/> gives it.</summary>
    public string? Html { get; init; }

    /// <summary>The text part; null where it is made from the HTML part.</summary>
    public string? Text { get; init; }

    /// <summary>The <see cref="ITemplateRenderer.Language"/>; default <c>scriban</c>.</summary>
    public string Language { get; init; } = "scriban";

    /// <summary>What it is for; default an email.</summary>
    public TemplateKind Kind { get; init; }

    /// <summary>The HTML part written in Markdown, with the same placeholders; null where it is written in HTML.</summary>
    public string? Markdown { get; init; }

    /// <summary>What mail programs show beside the subject, with placeholders; null for none.</summary>
    public string? Preheader { get; init; }

    /// <summary>
    /// The template in other languages, by tags such as <c>de</c> or <c>de-AT</c>; null for none. A recipient gets the one that its
    /// attribute <c>language</c> names, or the wider one (<c>de</c> for <c>de-AT</c>), or else the template itself.
    /// </summary>
    public IReadOnlyDictionary<string, TemplateTranslation>? Translations { get; init; }

    /// <summary>Files that every email of it carries, whatever its language; null for none. Layouts and partials have none.</summary>
    public IReadOnlyList<Attachment>? Attachments { get; init; }
}

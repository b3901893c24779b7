namespace MailMarketing;

/// <summary>A template in another language, for the recipients who speak it.</summary>
public sealed record TemplateTranslation
{
    /// <summary>The subject line.</summary>
    public required string Subject { get; init; }

    /// <summary>The HTML part; null where there is none or <see cref="Markdown"/> gives it.</summary>
    public string? Html { get; init; }

    /// <summary>The HTML part written in Markdown; null where it is written in HTML.</summary>
    public string? Markdown { get; init; }

    /// <summary>The text part; null where it is made from the HTML part.</summary>
    public string? Text { get; init; }

    /// <summary>What mail programs show beside the subject; null for none.</summary>
    public string? Preheader { get; init; }
}

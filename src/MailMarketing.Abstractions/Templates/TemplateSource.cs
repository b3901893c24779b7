namespace MailMarketing;

/// <summary>What a template author writes.</summary>
public sealed record TemplateSource
{
    /// <summary>The subject line, with placeholders.</summary>
    public required string Subject { get; init; }

    /// <summary>The HTML part; null where the mail is text only.</summary>
    public string? Html { get; init; }

    /// <summary>The text part; null where it is made from the HTML part.</summary>
    public string? Text { get; init; }

    /// <summary>The <see cref="ITemplateRenderer.Language"/>; default <c>scriban</c>.</summary>
    public string Language { get; init; } = "scriban";
}

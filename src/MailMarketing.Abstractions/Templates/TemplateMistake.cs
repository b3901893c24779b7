namespace MailMarketing;

/// <summary>A mistake in a template, or a doubt about it, with its place.</summary>
/// <param name="Part"><c>subject</c>, <c>html</c>, <c>markdown</c>, <c>text</c> or <c>preheader</c>.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Message">What is wrong and what to write instead.</param>
public sealed record TemplateMistake(string Part, int Line, int Column, string Message)
{
    /// <summary>Whether it keeps the template from being sent; the default.</summary>
    public TemplateSeverity Severity { get; init; }

    /// <summary>The layout or partial where it stands; null for the template itself.</summary>
    public string? Template { get; init; }

    /// <summary>The translation where it stands; null for the template's own language.</summary>
    public string? Translation { get; init; }
}

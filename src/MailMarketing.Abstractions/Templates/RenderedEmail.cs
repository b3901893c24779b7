namespace MailMarketing;

/// <summary>What a template gives for one recipient; at least one of <paramref name="Html"/> and <paramref name="Text"/> is there.</summary>
/// <param name="Subject">One line, without control characters.</param>
/// <param name="Html">The HTML part, or null.</param>
/// <param name="Text">The text part, or null.</param>
public sealed record RenderedEmail(string Subject, string? Html, string? Text);

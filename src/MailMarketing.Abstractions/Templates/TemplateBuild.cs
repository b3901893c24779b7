namespace MailMarketing;

/// <summary>A template as it is sent, or why it cannot be.</summary>
/// <param name="Source">Subject, HTML and text with all that they named put in; null where there are errors.</param>
/// <param name="Mistakes">Errors and warnings, in the order of the parts.</param>
public sealed record TemplateBuild(TemplateSource? Source, IReadOnlyList<TemplateMistake> Mistakes);

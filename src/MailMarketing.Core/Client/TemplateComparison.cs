namespace MailMarketing;

/// <summary>What changed from one version of a template to another.</summary>
/// <param name="From">The version before.</param>
/// <param name="To">The version after.</param>
/// <param name="Lines">Every line of the parts that changed, in order.</param>
public sealed record TemplateComparison(int From, int To, IReadOnlyList<TemplateLine> Lines);

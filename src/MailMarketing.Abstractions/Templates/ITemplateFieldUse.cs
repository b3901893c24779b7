namespace MailMarketing;

/// <summary>
/// A language that tells which fields a template reads, so that what costs a look-up is looked up only then. Of one that does not tell,
/// templates are taken to read everything.
/// </summary>
public interface ITemplateFieldUse : ITemplateRenderer
{
    /// <summary>
    /// Whether a template, as it is sent, reads a top-level field such as <c>segments</c>. True in case of doubt. Never throws for bad
    /// input.
    /// </summary>
    bool Reads(TemplateSource source, string field);
}

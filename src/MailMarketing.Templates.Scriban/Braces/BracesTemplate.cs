namespace MailMarketing.Templates.Scriban;

/// <summary>A template with placeholders such as <c>{name}</c>, taken apart once.</summary>
internal sealed class BracesTemplate(BracesPart subject, BracesPart? html, BracesPart? text) : ICompiledTemplate
{
    public RenderedEmail Render(Recipient recipient)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        return new RenderedEmail(SubjectLine.Checked(subject.Render(recipient)), html?.Render(recipient), text?.Render(recipient));
    }
}

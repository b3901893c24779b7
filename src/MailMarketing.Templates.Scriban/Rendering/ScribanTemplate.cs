namespace MailMarketing.Templates.Scriban;

/// <summary>A parsed template in Scriban.</summary>
internal sealed class ScribanTemplate(ScribanPart subject, ScribanPart? html, ScribanPart? text) : ICompiledTemplate
{
    public RenderedEmail Render(Recipient recipient)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        return new RenderedEmail(SubjectLine.Checked(subject.Render(recipient)), html?.Render(recipient), text?.Render(recipient));
    }
}

namespace MailMarketing.Templates.Scriban;

/// <summary>A parsed template in Scriban.</summary>
internal sealed class ScribanTemplate(ScribanPart subject, ScribanPart? html, ScribanPart? text) : ICompiledTemplate
{
    public RenderedEmail Render(Recipient recipient)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        var data = new ReadOnlyData(recipient.Fields, isRoot: true);
        return new RenderedEmail(
            SubjectLine.Checked(subject.Render(recipient, data)), html?.Render(recipient, data), text?.Render(recipient, data));
    }
}

namespace MailMarketing.Templates.Scriban;

/// <summary>Markup that is escaped already, or that the author vouches for with <c>raw</c>.</summary>
internal sealed record SafeHtml(string Value)
{
    public override string ToString() => Value;
}

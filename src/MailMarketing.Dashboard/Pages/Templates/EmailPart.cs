namespace MailMarketing.Dashboard.Pages.Templates;

/// <summary>What of an email is shown.</summary>
public enum EmailPart
{
    /// <summary>The HTML part as a mail program shows it, or the text part where there is no other.</summary>
    Html,

    /// <summary>The text part.</summary>
    Text,

    /// <summary>The HTML part as it is sent, to read.</summary>
    Raw,
}

namespace MailMarketing.Dashboard.Pages.Templates;

/// <summary>What the text of a template's part is, besides its tags.</summary>
public enum EditorSyntax
{
    /// <summary>Plain text.</summary>
    Text,

    /// <summary>HTML.</summary>
    Html,

    /// <summary>Markdown, with HTML in it.</summary>
    Markdown,
}

namespace MailMarketing.Templates.Scriban;

/// <summary>Puts what mail programs show beside the subject at the top of the HTML, where nobody sees it in the email itself.</summary>
internal static class Preheader
{
    public static string In(string html, string words)
    {
        using var edits = new HtmlEdits(html);
        var body = edits.Elements.FirstOrDefault(element => element.LocalName == "body");
        var at = body is null ? 0 : edits.StartOf(body).End;
        edits.Replace(at, at, $"<div style=\"display:none;max-height:0;overflow:hidden;mso-hide:all\">{words}</div>");
        return edits.Apply();
    }
}

namespace MailMarketing.Dashboard.Pages.Templates;

/// <summary>The HTML of an email as a document to look at.</summary>
internal static class PreviewDocument
{
    // Before the email's own head, which then adds to this one. Images and styles load, as in a mail reader; nothing else does, links
    // lead nowhere (a new window is what the sandbox forbids), and addresses without a host do not find the dashboard.
    private const string Head = """
        <!DOCTYPE html><meta charset="utf-8"><base href="about:blank" target="_blank">
        <meta http-equiv="Content-Security-Policy"
              content="default-src 'none'; img-src http: https: data:; style-src 'unsafe-inline' http: https:; font-src http: https: data:">

        """;

    public static string Of(string html) => Head + html;
}

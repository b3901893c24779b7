using System.Text.RegularExpressions;

namespace MailMarketing.Dashboard.Pages.Templates;

/// <summary>The HTML of an email as a document to look at.</summary>
internal static partial class PreviewDocument
{
    // Before the email's own head, which then adds to this one. Images and styles load, as in a mail reader; nothing else does, links
    // lead nowhere (a new window is what the sandbox forbids), and addresses without a host do not find the dashboard.
    private const string Head = """
        <!DOCTYPE html><meta charset="utf-8"><base href="about:blank" target="_blank">
        <meta http-equiv="Content-Security-Policy"
              content="default-src 'none'; img-src http: https: data:; style-src 'unsafe-inline' http: https:; font-src http: https: data:">

        """;

    /// <summary>The document, in light or dark as asked: browsers go by what the visitor prefers, in frames too, so it is put in words.</summary>
    public static string Of(string html, bool dark)
    {
        var scheme = dark && AllowsDark().IsMatch(html) ? "dark" : "light";
        return $"{Head}<style>:root {{ color-scheme: {scheme} !important; }}</style>\n{Preference().Replace(html, Answer)}";

        string Answer(Match asked) =>
            asked.Groups[1].Value.Equals("dark", StringComparison.OrdinalIgnoreCase) == dark ? "(min-width: 0)" : "(max-width: 0)";
    }

    /// <summary>Whether the email says anything of how it looks in dark mode.</summary>
    public static bool SpeaksOfDark(string html) => AllowsDark().IsMatch(html) || Preference().IsMatch(html);

    [GeneratedRegex(@"\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)", RegexOptions.IgnoreCase)]
    private static partial Regex Preference();

    // As a meta element or as a property
    [GeneratedRegex(@"(?<!prefers-)\bcolor-scheme\W[^>;}]{0,80}\bdark\b", RegexOptions.IgnoreCase)]
    private static partial Regex AllowsDark();
}

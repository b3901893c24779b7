using System.Text.RegularExpressions;

namespace MailMarketing;

/// <summary>Whether a link in an email leads somewhere.</summary>
internal static partial class LinkRules
{
    private static readonly string[] Scripts = ["javascript", "vbscript", "data"];
    private static readonly string[] Known = ["mailto", "tel", "sms"];

    /// <summary>What is wrong with a link, to be said after it, and whether it could not be meant so; null where nothing is.</summary>
    public static (string Mistake, bool IsError)? Judge(string written, IReadOnlySet<string> places)
    {
        var address = written.Trim();
        if (address.Length == 0)
        {
            return ("is empty", false);
        }

        if (address[0] == '#')
        {
            return address.Length > 1 && (places.Contains(address[1..]) || address == "#top")
                ? null
                : ("leads nowhere", false);
        }

        if (Scheme().Match(address) is not { Success: true } match)
        {
            return ("has no https:// and host, which an email needs", false);
        }

        var scheme = match.Groups[1].Value.ToLowerInvariant();
        return scheme switch
        {
            _ when Scripts.Contains(scheme) => ("is a script, which mail programs remove", true),
            "http" or "https" => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? null : ("is no address", true),
            _ when Known.Contains(scheme) => address.Length > scheme.Length + 1 ? null : ("leads nowhere", false),
            _ => ($"begins with {scheme}:, which most mail programs do not open", false),
        };
    }

    [GeneratedRegex(@"\A([A-Za-z][A-Za-z0-9+.-]*):", RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();
}

using System.Text.RegularExpressions;

namespace MailMarketing.Templates.Scriban;

/// <summary>Looks how deep elements stand in each other, before a parser does that takes longer with each level.</summary>
internal static partial class HtmlDepth
{
    /// <summary>Deeper is no email.</summary>
    public const int Limit = 256;

    // Elements that never contain others, or that the next of their kind ends
    private static readonly HashSet<string> Flat = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p", "li", "dt", "dd", "option",
        "td", "th", "tr", "tbody", "thead", "tfoot",
    };

    public static bool IsTooDeep(string html)
    {
        var depth = 0;
        foreach (Match match in Tag().Matches(html))
        {
            if (Flat.Contains(match.Groups[2].Value))
            {
                continue;
            }

            depth = match.Groups[1].Length > 0 ? Math.Max(0, depth - 1) : depth + 1;
            if (depth > Limit)
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex("<(/?)([A-Za-z][A-Za-z0-9]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}

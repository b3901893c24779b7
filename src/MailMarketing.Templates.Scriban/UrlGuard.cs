using System.Text;

namespace MailMarketing.Templates.Scriban;

/// <summary>Keeps data from choosing a scheme such as <c>javascript:</c> where a link or an image's address is written.</summary>
internal static class UrlGuard
{
    // Longer beginnings of an address have long had their scheme.
    private const int Reach = 512;

    private static readonly HashSet<string> Attributes = new(StringComparer.OrdinalIgnoreCase)
    {
        "href", "src", "action", "formaction", "background", "poster", "cite", "data", "srcset", "longdesc",
    };

    private static readonly HashSet<string> Schemes = new(StringComparer.OrdinalIgnoreCase) { "http", "https", "mailto", "tel" };

    /// <summary>True where <paramref name="value"/> may follow what is written so far.</summary>
    public static bool Allows(StringBuilder written, string value)
    {
        // Without a colon there is no scheme to be chosen, unless an earlier value brought the beginning of one.
        if (!value.Contains(':', StringComparison.Ordinal))
        {
            return true;
        }

        return AddressBefore(written) is not { } before || HasAllowedScheme(before + value);
    }

    /// <summary>What is written of the address whose attribute is open, or null outside of one.</summary>
    private static string? AddressBefore(StringBuilder written)
    {
        var start = Math.Max(0, written.Length - Reach);
        var tail = written.ToString(start, written.Length - start);
        for (var i = tail.Length - 1; i >= 0; i--)
        {
            switch (tail[i])
            {
                case '<' or '>':
                    return null;
                case '"' or '\'':
                    var equals = tail.AsSpan(0, i).TrimEnd();
                    return equals.EndsWith('=') && IsAddress(equals[..^1]) ? tail[(i + 1)..] : null;
                case '=' when IsAddress(tail.AsSpan(0, i)):
                    return tail[(i + 1)..];
            }
        }

        return null;
    }

    private static bool IsAddress(ReadOnlySpan<char> beforeEquals)
    {
        beforeEquals = beforeEquals.TrimEnd();
        var start = beforeEquals.Length;
        while (start > 0 && (char.IsAsciiLetterOrDigit(beforeEquals[start - 1]) || beforeEquals[start - 1] == '-'))
        {
            start--;
        }

        return Attributes.Contains(beforeEquals[start..].ToString());
    }

    private static bool HasAllowedScheme(string address)
    {
        var scheme = new StringBuilder();
        foreach (var character in address)
        {
            switch (character)
            {
                // Browsers drop these anywhere before the colon.
                case <= ' ' or (>= '\u007f' and <= '\u00a0'):
                    continue;
                case ':':
                    return Schemes.Contains(scheme.ToString());
                case '/' or '?' or '#':
                    return true;
                default:
                    scheme.Append(character);
                    continue;
            }
        }

        return true;
    }
}

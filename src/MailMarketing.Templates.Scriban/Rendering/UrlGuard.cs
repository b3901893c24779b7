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

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> AttributeNames =
        Attributes.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly HashSet<string> Schemes = new(StringComparer.OrdinalIgnoreCase) { "http", "https", "mailto", "tel" };
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> SchemeNames = Schemes.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly int SchemeLength = Schemes.Max(scheme => scheme.Length);

    /// <summary>The same, of what a builder holds.</summary>
    public static bool Allows(StringBuilder written, string value)
    {
        Span<char> tail = stackalloc char[Math.Min(written.Length, Reach)];
        written.CopyTo(written.Length - tail.Length, tail, tail.Length);
        return Allows(tail, value);
    }

    /// <summary>True where <paramref name="value"/> may follow what is written so far.</summary>
    public static bool Allows(ReadOnlySpan<char> written, string value)
    {
        // Without a colon there is no scheme to be chosen, unless an earlier value brought the beginning of one.
        if (!value.Contains(':', StringComparison.Ordinal))
        {
            return true;
        }

        var tail = written[^Math.Min(written.Length, Reach)..];
        var start = AddressIn(tail);
        return start < 0 || HasAllowedScheme(tail[start..], value);
    }

    /// <summary>Where the address begins whose attribute is open at the end, or -1 outside of one.</summary>
    private static int AddressIn(ReadOnlySpan<char> tail)
    {
        for (var i = tail.Length - 1; i >= 0; i--)
        {
            switch (tail[i])
            {
                case '<' or '>':
                    return -1;
                case '"' or '\'':
                    var equals = tail[..i].TrimEnd();
                    return equals.EndsWith('=') && IsAddress(equals[..^1]) ? i + 1 : -1;
                case '=' when IsAddress(tail[..i]):
                    return i + 1;
            }
        }

        return -1;
    }

    private static bool IsAddress(ReadOnlySpan<char> beforeEquals)
    {
        beforeEquals = beforeEquals.TrimEnd();
        var start = beforeEquals.Length;
        while (start > 0 && (char.IsAsciiLetterOrDigit(beforeEquals[start - 1]) || beforeEquals[start - 1] == '-'))
        {
            start--;
        }

        return AttributeNames.Contains(beforeEquals[start..]);
    }

    private static bool HasAllowedScheme(ReadOnlySpan<char> begun, string value)
    {
        // Room for the longest allowed one and a character that makes it another
        Span<char> scheme = stackalloc char[SchemeLength + 1];
        var length = 0;
        return Judge(begun, scheme, ref length) ?? Judge(value, scheme, ref length) ?? true;
    }

    /// <summary>Whether the scheme is allowed; null where it is not complete yet.</summary>
    private static bool? Judge(ReadOnlySpan<char> address, Span<char> scheme, ref int length)
    {
        foreach (var character in address)
        {
            switch (character)
            {
                // Browsers drop these anywhere before the colon.
                case <= ' ' or (>= '\u007f' and <= '\u00a0'):
                    continue;
                case ':':
                    return SchemeNames.Contains(scheme[..length]);
                case '/' or '?' or '#':
                    return true;
                default:
                    if (length < scheme.Length)
                    {
                        scheme[length++] = character;
                    }

                    continue;
            }
        }

        return null;
    }
}

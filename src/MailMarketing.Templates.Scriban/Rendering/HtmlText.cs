using System.Buffers;
using System.Text;

namespace MailMarketing.Templates.Scriban;

/// <summary>Makes text safe inside HTML, in elements and in quoted attributes; letters outside ASCII stay as they are.</summary>
internal static class HtmlText
{
    private static readonly SearchValues<char> Special = SearchValues.Create("<>&\"'");

    public static string Escape(string text)
    {
        var rest = text.AsSpan();
        var next = Next(rest);
        if (next < 0)
        {
            return text;
        }

        var output = new StringBuilder(text.Length + 16);
        for (; next >= 0; next = Next(rest))
        {
            output.Append(rest[..next]).Append(Escaped(rest[next]));
            rest = rest[(next + 1)..];
        }

        return output.Append(rest).ToString();
    }

    /// <summary>Where the next character stands that must be escaped, or -1.</summary>
    public static int Next(ReadOnlySpan<char> text) => text.IndexOfAny(Special);

    /// <summary>Such a character as HTML writes it.</summary>
    public static string Escaped(char character) => character switch
    {
        '<' => "&lt;",
        '>' => "&gt;",
        '&' => "&amp;",
        '"' => "&quot;",
        _ => "&#39;",
    };
}

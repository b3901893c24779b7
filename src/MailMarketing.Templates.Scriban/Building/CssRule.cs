using System.Text;

namespace MailMarketing.Templates.Scriban;

/// <summary>A rule of a style sheet; without <paramref name="Selector"/> anything else that stands in one.</summary>
/// <param name="Written">The whole of it.</param>
/// <param name="Selector">Before the braces; null for a rule with @.</param>
/// <param name="Declarations">Property and value, with <c>!important</c> where it is written.</param>
internal sealed record CssRule(string Written, string? Selector, IReadOnlyList<(string Property, string Value)> Declarations)
{
    /// <summary>
    /// The rules of a style sheet, values as they are written: mail programs do not know the forms that a browser would make of them.
    /// </summary>
    public static List<CssRule> Parse(string css)
    {
        var rules = new List<CssRule>();
        css = WithoutComments(css);
        for (var at = 0; at < css.Length;)
        {
            var open = css.IndexOfAny(['{', ';'], at);
            if (open < 0)
            {
                break;
            }

            var end = css[open] == ';' ? open + 1 : BehindBlock(css, open);
            var head = css[at..open].Trim();
            var isPlain = css[open] == '{' && !head.StartsWith('@');
            rules.Add(new CssRule(
                css[at..end].Trim(), isPlain ? head : null, isPlain ? DeclarationsOf(css[(open + 1)..Math.Max(open + 1, end - 1)]) : []));
            at = end;
        }

        return rules;
    }

    /// <summary>The declarations of a style attribute or of a rule's block.</summary>
    public static List<(string Property, string Value)> DeclarationsOf(string block)
    {
        var declarations = new List<(string, string)>();
        foreach (var piece in Pieces(block, ';'))
        {
            var colon = piece.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && piece[(colon + 1)..].Trim() is { Length: > 0 } value)
            {
                declarations.Add((piece[..colon].Trim(), value));
            }
        }

        return declarations;
    }

    /// <summary>What a separator stands between, outside of quotes and brackets.</summary>
    public static IEnumerable<string> Pieces(string text, char separator)
    {
        int start = 0, depth = 0;
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (quote != '\0')
            {
                quote = character == quote ? '\0' : quote;
                continue;
            }

            quote = character is '"' or '\'' ? character : quote;
            depth += character is '(' or '[' ? 1 : character is ')' or ']' ? -1 : 0;
            if (character == separator && depth <= 0)
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }

    private static string WithoutComments(string css)
    {
        var kept = new StringBuilder(css.Length);
        var at = 0;
        for (var start = css.IndexOf("/*", StringComparison.Ordinal); start >= 0; start = css.IndexOf("/*", at, StringComparison.Ordinal))
        {
            kept.Append(css, at, start - at);
            var end = css.IndexOf("*/", start + 2, StringComparison.Ordinal);
            at = end < 0 ? css.Length : end + 2;
        }

        return kept.Append(css, at, css.Length - at).ToString();
    }

    private static int BehindBlock(string css, int open)
    {
        var depth = 0;
        for (var i = open; i < css.Length; i++)
        {
            depth += css[i] == '{' ? 1 : css[i] == '}' ? -1 : 0;
            if (depth == 0)
            {
                return i + 1;
            }
        }

        return css.Length;
    }
}

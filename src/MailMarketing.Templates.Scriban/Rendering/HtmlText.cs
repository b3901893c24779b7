using System.Buffers;
using System.Text;

namespace MailMarketing.Templates.Scriban;

/// <summary>Makes text safe inside HTML, in elements and in quoted attributes; letters outside ASCII stay as they are.</summary>
internal static class HtmlText
{
    private static readonly SearchValues<char> Special = SearchValues.Create("<>&\"'");

    public static string Escape(string text) =>
        text.AsSpan().IndexOfAny(Special) < 0 ? text : AppendEscaped(new StringBuilder(text.Length + 16), text).ToString();

    /// <summary>Appends the text, escaped.</summary>
    public static StringBuilder AppendEscaped(StringBuilder output, ReadOnlySpan<char> text)
    {
        for (var next = text.IndexOfAny(Special); next >= 0; next = text.IndexOfAny(Special))
        {
            output.Append(text[..next]).Append(text[next] switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '"' => "&quot;",
                _ => "&#39;",
            });
            text = text[(next + 1)..];
        }

        return output.Append(text);
    }
}

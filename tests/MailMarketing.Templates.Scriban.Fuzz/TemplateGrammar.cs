using FsCheck;
using FsCheck.Fluent;

namespace MailMarketing.Templates.Scriban.Fuzz;

/// <summary>Templates as nobody would write them: HTML and tags by the rules of both, and now and then against them.</summary>
public static class TemplateGrammar
{
    private static readonly string[] Names =
    [
        "name", "first_name", "email", "attributes.city", "attributes['tags']", "attributes.tags[0]", "attributes.nested.a", "x", "$y", "this",
        "date.now", "for.index", "nope", "attributes", "unsubscribe_url", "content", "block", "func", "end",
    ];

    private static readonly string[] Functions =
    [
        "string.upcase", "string.truncate 5", "string.pad_left 9", "string.split ','", "array.join '-'", "array.size", "object.default 'd'",
        "html.escape", "raw", "format_date", "format_number 2", "format_money 'EUR'", "math.round 1", "date.to_string '%Y'", "object.eval",
        "string.replace 'a' 'aa'", "array.add 1", "speaks 'de'", "regex.match 'a'", "nope", "html.strip", "math.format 'D99'",
    ];

    private static readonly string[] Values = ["1", "0", "-1", "2147483648", "1.5", "'text'", "\"<b>\"", "true", "null", "[1, 2]", "{ a: 1 }", "1..9"];

    private static readonly string[] Operators = ["+", "-", "*", "/", "==", "!=", "<", "&&", "||", "??", "%", "..", "<<", "?.", "?!"];

    private static readonly string[] Markup =
    [
        "text ", "<p>", "</p>", "<table><tr><td>", "</td></tr></table>", "<a href=\"", "\">", "<img src='x", "'>", "<!-- ", " -->", "<style>p{color:",
        "}</style>", "<ul><li>", "</li></ul>", "&lt;&amp;", "\n", "{", "}", "{{", "}}", "{%{", "}%}", "<br/>", "é😀", "<script>", "</script>",
        "<div style=\"display:none\">", "</div>", "\0", "<title>", "<b class=", ">",
    ];

    /// <summary>Sources of a part, growing with the size.</summary>
    public static Gen<string> Part { get; } = Gen.Sized(size => Pieces(Math.Max(1, size / 4)));

    private static Gen<string> Pieces(int depth) => Gen.Choose(0, 6).SelectMany(count => Gen.ListOf(Piece(depth), count)).Select(string.Concat);

    private static Gen<string> Piece(int depth)
    {
        var leaf = Gen.Frequency(
            (4, Gen.Elements(Markup)),
            (4, Expression(3).Select(code => $"{{{{ {code} }}}}")),
            (1, Expression(2).Select(code => $"{{{{- {code} -}}}}")),
            (1, Expression(2).Select(code => $"{{{{ x = {code} }}}}")),
            (1, Gen.Elements("{{ include 'part' }}", "{{ include 'ring' }}", "{{ include 'none' }}", "{{ layout 'frame' }}", "{{ content }}", "{{# note }}")));
        return depth <= 0 ? leaf : Gen.Frequency((3, leaf), (2, Block(depth - 1)));
    }

    private static Gen<string> Block(int depth) =>
        from open in Gen.Elements("if", "for i in", "while", "case", "capture x", "func f", "block 'a'", "with", "wrap", "tablerow i in", "do")
        from code in Expression(2)
        from body in Pieces(depth)
        from more in Gen.Frequency((3, Gen.Constant("")), (1, Pieces(depth).Select(other => "{{ else }}" + other)))
        from end in Gen.Frequency((9, Gen.Constant("{{ end }}")), (1, Gen.Constant("")))
        select (open is "capture x" or "func f" or "block 'a'" or "do" ? $"{{{{ {open} }}}}" : $"{{{{ {open} {code} }}}}") + body + more + end;

    private static Gen<string> Expression(int depth) => depth <= 0
        ? Gen.OneOf(Gen.Elements(Names), Gen.Elements(Values))
        : Gen.Frequency(
            (3, Gen.Elements(Names)),
            (1, Gen.Elements(Values)),
            (3, from left in Expression(depth - 1) from function in Gen.Elements(Functions) select $"{left} | {function}"),
            (2, from left in Expression(depth - 1) from one in Gen.Elements(Operators) from right in Expression(depth - 1) select $"{left} {one} {right}"),
            (1, from inner in Expression(depth - 1) from open in Gen.Elements("(", "[", "!", "-", "@", "{a:") select open + inner),
            (1, from inner in Expression(depth - 1) select $"({inner})"),
            (1, from a in Expression(depth - 1) from b in Expression(depth - 1) select $"{a} ? {b} : 'n'"));
}

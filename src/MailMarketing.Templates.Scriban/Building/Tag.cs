using Scriban.Parsing;

namespace MailMarketing.Templates.Scriban;

/// <summary>A tag of a template: from its <c>{{</c> to behind its <c>}}</c>.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Behind its last character.</param>
/// <param name="Code">What stands between the braces, trimmed.</param>
internal sealed record Tag(int Start, int End, string Code)
{
    private static readonly HashSet<string> Openers = new(StringComparer.Ordinal)
    {
        "if", "for", "while", "case", "func", "capture", "with", "wrap", "do", "tablerow", "block",
    };

    private static readonly HashSet<string> Inner = new(StringComparer.Ordinal)
    {
        "else", "when", "end", "break", "continue", "ret", "layout", "include", "content",
    };

    /// <summary>How many blocks it opens, less those it closes.</summary>
    public int Depth { get; private init; }

    /// <summary>The first word in it; empty where it begins otherwise.</summary>
    public string Word { get; private init; } = "";

    /// <summary>Whether it prints nothing itself.</summary>
    public bool IsSilent { get; private init; }

    /// <summary>The tags of a source that <see cref="TokenCheck"/> passed, in order.</summary>
    public static List<Tag> Of(string source)
    {
        var tags = new List<Tag>();
        int start = -1, depth = 0;
        string? word = null;
        bool isSilent = false, isFirst = true;
        var before = TokenType.Invalid;
        foreach (var token in new Lexer(source))
        {
            switch (token.Type)
            {
                case TokenType.CodeEnter or TokenType.EscapeEnter:
                    (start, depth, word, isSilent, isFirst) = (token.Start.Offset, 0, null, false, true);
                    break;
                case TokenType.CodeExit or TokenType.EscapeExit when start >= 0:
                    tags.Add(New(source, start, token.End.Offset + 1, depth, word, isSilent));
                    start = -1;
                    break;
                case TokenType.Identifier when start >= 0:
                    var text = token.GetText(source);
                    depth += before == TokenType.Dot ? 0 : Openers.Contains(text) ? 1 : text == "end" ? -1 : 0;
                    if (isFirst)
                    {
                        (word, isSilent) = (text, Openers.Contains(text) || Inner.Contains(text));
                    }

                    isFirst = false;
                    break;
                case TokenType.Equal or TokenType.Comment or TokenType.CommentMulti when start >= 0:
                    isSilent = true;
                    break;
                case not TokenType.Raw:
                    isFirst = false;
                    break;
            }

            before = token.Type;
        }

        return tags;
    }

    private static Tag New(string source, int start, int end, int depth, string? word, bool isSilent)
    {
        // An `else if` continues the block that it stands in.
        depth -= word == "else" && depth > 0 ? 1 : 0;
        var code = source[start..end].Trim('{', '}', '-', '~', '%').Trim();
        return new Tag(start, end, code) { Depth = depth, Word = word ?? "", IsSilent = isSilent };
    }
}

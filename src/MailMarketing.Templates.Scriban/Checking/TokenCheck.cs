using Scriban.Parsing;

namespace MailMarketing.Templates.Scriban;

/// <summary>What can be told from the tokens alone: tags that never end, and nesting that the parser would not survive.</summary>
internal sealed class TokenCheck(PartText part)
{
    private const int Nesting = 50;
    private const int OperatorsPerTag = 2_000;
    private const int Blocks = 2_000;

    private readonly List<(int Start, int End)> _code = [];

    /// <summary>The first mistake, or null.</summary>
    public TemplateMistake? FirstMistake()
    {
        Token? tag = null;
        int brackets = 0, blocks = 0, openers = 0, operators = 0;
        var before = TokenType.Invalid;
        var lexer = new Lexer(part.Text);
        foreach (var token in lexer)
        {
            switch (token.Type)
            {
                case TokenType.CodeEnter:
                    (tag, brackets, operators) = (token, 0, 0);
                    break;
                case TokenType.CodeExit when tag is { } enter:
                    _code.Add((enter.Start.Offset, token.End.Offset));
                    tag = null;
                    break;
                case TokenType.FrontMatterMarker or TokenType.BeginInterpolatedString or TokenType.InterpolatedString:
                    return At(token, "Interpolated strings and front matter are not available here; join texts with `+`.");
                case TokenType.OpenParen or TokenType.OpenBracket or TokenType.OpenBrace when ++brackets > Nesting:
                    return At(token, $"Brackets are nested more than {Nesting} levels deep.");
                case TokenType.CloseParen or TokenType.CloseBracket or TokenType.CloseBrace:
                    brackets--;
                    break;
                case TokenType.Identifier when before != TokenType.Dot && token.GetText(part.Text) is var word:
                    blocks += word switch
                    {
                        "if" or "for" or "while" or "case" or "func" or "capture" or "with" or "wrap" or "do" or "tablerow" => 1,
                        "block" when part.Text.AsSpan(token.End.Offset + 1).TrimStart() is ['\'' or '"', ..] => 1,
                        "end" => -1,
                        _ => 0,
                    };
                    openers += word is "else" or "when" or "if" or "for" or "while" or "case" or "func" or "capture" ? 1 : 0;
                    if (blocks > Nesting || openers > Blocks)
                    {
                        return At(token, $"Blocks are nested more than {Nesting} levels deep, or there are more than {Blocks} of them.");
                    }

                    break;
            }

            before = token.Type;
            if (IsOperator(token.Type) && ++operators > OperatorsPerTag)
            {
                return At(token, $"One tag has more than {OperatorsPerTag} operators; split it up.");
            }
        }

        return Ending(lexer, tag);
    }

    private TemplateMistake? Ending(Lexer lexer, Token? tag)
    {
        if (tag is { } open)
        {
            return At(open, "This tag never ends; close it with `}}`.");
        }

        if (lexer.HasErrors)
        {
            var error = lexer.Errors.First();
            return part.At(error.Span.Start.Offset, error.Message);
        }

        return part.Name == TemplateParts.Subject
            ? TemplateParts.ControlInSubject(part.Text, offset => !_code.Any(code => offset >= code.Start && offset < code.End))
            : null;
    }

    private static bool IsOperator(TokenType type) =>
        type is TokenType.OpenParen or TokenType.OpenBracket or TokenType.OpenBrace or (>= TokenType.Arroba and <= TokenType.DoubleDotLess);

    private TemplateMistake At(Token token, string message) => part.At(token.Start.Offset, message);
}

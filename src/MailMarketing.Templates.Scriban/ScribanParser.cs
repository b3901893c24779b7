using Scriban;
using Scriban.Parsing;
using Scriban.Syntax;

namespace MailMarketing.Templates.Scriban;

/// <summary>Parses a part after a look at its tokens, so that no input can overflow the stack.</summary>
internal static class ScribanParser
{
    // Parser and checks recurse; what the token check lets through needs a fraction of this.
    private const int StackBytes = 64 * 1024 * 1024;

    /// <summary>The parsed page, or null, and every mistake; unknown names only where the fields are known.</summary>
    public static (ScriptPage? Page, IReadOnlyList<TemplateMistake> Mistakes) Parse(
        string part, string source, IReadOnlySet<string>? knownFields)
    {
        if (TemplateParts.TooLarge(part, source) is { } tooLarge)
        {
            return (null, [tooLarge]);
        }

        var tokens = new TokenCheck(part, source);
        if (tokens.FirstMistake() is { } mistake)
        {
            return (null, [mistake]);
        }

        (ScriptPage?, IReadOnlyList<TemplateMistake>) result = default;
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = ParseChecked(part, source, knownFields);
                }
                catch (Exception exception)
                {
                    failure = exception;
                }
            },
            StackBytes) { IsBackground = true };
        thread.Start();
        thread.Join();
        return failure is null ? result : (null, [new TemplateMistake(part, 1, 1, $"This part cannot be parsed: {failure.Message}")]);
    }

    private static (ScriptPage?, IReadOnlyList<TemplateMistake>) ParseChecked(
        string part, string source, IReadOnlySet<string>? knownFields)
    {
        var template = Template.Parse(source, null, new ParserOptions { ExpressionDepthLimit = 100 }, null);
        var errors = template.Messages.Where(message => message.Type == ParserMessageType.Error)
            .Select(message => MistakeAt(part, message.Span, message.Message)).Distinct().ToList();
        if (errors.Count > 0 || template.Page is null)
        {
            return (null, errors.Count > 0 ? errors : [new TemplateMistake(part, 1, 1, "This part cannot be parsed.")]);
        }

        var mistakes = SyntaxDepth.Check(part, template.Page) is { } deep
            ? [deep]
            : SyntaxCheck.Mistakes(part, template.Page, knownFields);
        return (template.Page, mistakes);
    }

    public static TemplateMistake MistakeAt(string part, SourceSpan span, string message) =>
        new(part, span.Start.Line + 1, span.Start.Column + 1, message);
}

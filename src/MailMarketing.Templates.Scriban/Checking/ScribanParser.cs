using Scriban;
using Scriban.Parsing;
using Scriban.Syntax;

namespace MailMarketing.Templates.Scriban;

/// <summary>Parses a part after a look at its tokens, so that no input can overflow the stack.</summary>
internal static class ScribanParser
{
    /// <summary>The parsed page, or null, and every mistake; unknown names only where the fields are known.</summary>
    public static (ScriptPage? Page, IReadOnlyList<TemplateMistake> Mistakes) Parse(PartText part, CheckScope scope)
    {
        if (TemplateParts.TooLarge(part.Name, part.Text) is { } tooLarge)
        {
            return (null, [tooLarge]);
        }

        if (new TokenCheck(part).FirstMistake() is { } mistake)
        {
            return (null, [mistake]);
        }

        try
        {
            return DeepStack.Run(() => ParseChecked(part, scope));
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return (null, [part.At(0, $"This part cannot be parsed: {failure.Message}")]);
        }
    }

    private static (ScriptPage?, IReadOnlyList<TemplateMistake>) ParseChecked(PartText part, CheckScope scope)
    {
        var template = Template.Parse(part.Text, null, new ParserOptions { ExpressionDepthLimit = 100 }, null);
        var errors = template.Messages.Where(message => message.Type == ParserMessageType.Error)
            .Select(message => part.At(message.Span.Start.Offset, message.Message)).Distinct().ToList();
        if (errors.Count > 0 || template.Page is null)
        {
            return (null, errors.Count > 0 ? errors : [part.At(0, "This part cannot be parsed.")]);
        }

        var mistakes = SyntaxDepth.Check(part, template.Page) is { } deep ? [deep] : SyntaxCheck.Mistakes(part, template.Page, scope);
        return (template.Page, mistakes);
    }
}

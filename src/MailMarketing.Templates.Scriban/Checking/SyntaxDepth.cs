using Scriban.Syntax;

namespace MailMarketing.Templates.Scriban;

/// <summary>Measures a syntax tree without recursion.</summary>
internal static class SyntaxDepth
{
    // A level costs a render's thread about 1 KB of its stack.
    private const int Limit = 250;

    public static TemplateMistake? Check(PartText part, ScriptNode root)
    {
        var open = new Stack<(ScriptNode Node, int Depth)>([(root, 1)]);
        while (open.TryPop(out var item))
        {
            if (item.Depth > Limit)
            {
                return part.At(item.Node.Span.Start.Offset, $"This is nested more than {Limit} levels deep; split it up.");
            }

            for (var i = 0; i < item.Node.ChildrenCount; i++)
            {
                if (item.Node.GetChildren(i) is { } child)
                {
                    open.Push((child, item.Depth + 1));
                }
            }
        }

        return null;
    }
}

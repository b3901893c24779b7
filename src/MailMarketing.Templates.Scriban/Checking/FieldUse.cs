using Scriban.Syntax;

namespace MailMarketing.Templates.Scriban;

/// <summary>Whether a template reads a field, by its syntax.</summary>
internal static class FieldUse
{
    public static bool Reads(ScriptNode root, string field)
    {
        var open = new Stack<ScriptNode>([root]);
        while (open.TryPop(out var node))
        {
            if (node is ScriptVariableGlobal variable && variable.Name == field && !IsMember(variable))
            {
                return true;
            }

            for (var i = 0; i < node.ChildrenCount; i++)
            {
                if (node.GetChildren(i) is { } child)
                {
                    open.Push(child);
                }
            }
        }

        return false;
    }

    // The name after a dot is the other one's
    private static bool IsMember(ScriptVariable variable) =>
        variable.Parent is ScriptMemberExpression path && ReferenceEquals(path.Member, variable);
}

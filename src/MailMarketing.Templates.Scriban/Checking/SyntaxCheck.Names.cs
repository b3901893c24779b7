using Scriban.Syntax;

namespace MailMarketing.Templates.Scriban;

/// <summary>Where the template's own variables have a value: in every case, in some, or not yet.</summary>
internal sealed partial class SyntaxCheck
{
    // Given somewhere before this place, whichever branch was taken
    private readonly HashSet<string> _maybe = new(StringComparer.Ordinal);

    // Given on every way to this place
    private HashSet<string> _given = new(StringComparer.Ordinal);

    // A function's body runs where it is called
    private int _functionDepth;

    public override void Visit(ScriptCaptureStatement node)
    {
        node.Body?.Accept(this);
        Give(node.Target);
    }

    public override void Visit(ScriptFunction node)
    {
        _functionDepth++;
        node.Body?.Accept(this);
        _functionDepth--;
        Give(node.NameOrDoToken);
    }

    public override void Visit(ScriptWhileStatement node)
    {
        node.Condition?.Accept(this);
        InLoop(node.Body);
    }

    private void Give(ScriptNode? target)
    {
        if (target is ScriptVariable variable)
        {
            _maybe.Add(variable.ToString());
            _given.Add(variable.ToString());
        }
    }

    /// <summary>Visits what may run or not: what it gives is given only where every other way gives it too.</summary>
    private void InBranches(params ReadOnlySpan<Action> branches)
    {
        var before = _given;
        HashSet<string>? after = null;
        foreach (var branch in branches)
        {
            _given = new(before, StringComparer.Ordinal);
            branch();
            after = after is null ? _given : [.. after.Intersect(_given)];
        }

        _given = after ?? before;
    }

    private void InLoop(ScriptNode? body, string? variable = null)
    {
        var isNew = variable is not null && !_maybe.Contains(variable);
        _loopDepth++;
        InBranches(
            () =>
            {
                if (variable is not null)
                {
                    _maybe.Add(variable);
                    _given.Add(variable);
                }

                body?.Accept(this);
            },
            () => { });
        _loopDepth--;
        if (isNew)
        {
            _maybe.Remove(variable!);
        }
    }

    private void JudgeValue(ScriptNode node, string name)
    {
        if (_lenient > 0 || _functionDepth > 0 || _given.Contains(name))
        {
            return;
        }

        if (_maybe.Contains(name))
        {
            Warn(node, $"`{name}` has a value only where an `if` or a loop before was run; give it one before, or write `{name} ?? ''`.");
        }
        else
        {
            Add(node, $"`{name}` has no value here; it gets one only elsewhere in this template.");
        }
    }
}

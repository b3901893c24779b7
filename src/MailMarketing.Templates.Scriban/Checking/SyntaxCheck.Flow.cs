using Scriban.Syntax;

namespace MailMarketing.Templates.Scriban;

/// <summary>What is printed, under which conditions, and what never is.</summary>
internal sealed partial class SyntaxCheck
{
    // Paths that a condition around the place asked for
    private readonly List<string> _asked = [];

    // Above 0 where a missing name is nothing instead of a failure
    private int _lenient;

    public override void Visit(ScriptBlockStatement node)
    {
        ScriptNode? end = null;
        foreach (var statement in node.Statements)
        {
            if (end is not null && IsVisible(statement))
            {
                Warn(statement, $"Nothing after `{end.ToString()?.Trim()}` is reached; remove it.");
                end = null;
            }

            end = statement is ScriptReturnStatement or ScriptBreakStatement or ScriptContinueStatement ? statement : end;
            statement.Accept(this);
        }
    }

    public override void Visit(ScriptExpressionStatement node)
    {
        node.Expression?.Accept(this);
        var problem = KindOf(node.Expression).Kind switch
        {
            ModelKind.List => "is a list; print its items in a `for`, or join them with `| array.join ', '`",
            ModelKind.Nested => "has members and no text of its own; print one of them",
            ModelKind.Bool => "prints `true` or `false`; ask for it with `if`",
            ModelKind.Date => "prints as it is stored, such as 2026-12-31; write `| format_date`",
            _ => null,
        };
        if (problem is not null && node.Expression is not ScriptAssignExpression)
        {
            Warn(node, $"`{Short(node.Expression)}` {problem}.");
        }
    }

    public override void Visit(ScriptAssignExpression node)
    {
        node.Value?.Accept(this);
        if (node.Target is ScriptVariableGlobal variable)
        {
            var kind = KindOf(node.Value) with { IsOptional = false };
            _variables[variable.Name] = _variables.TryGetValue(variable.Name, out var known) && known.Kind != kind.Kind ? Any : kind;
        }
        else
        {
            node.Target?.Accept(this);
        }
    }

    public override void Visit(ScriptIfStatement node)
    {
        Leniently(node.Condition);
        JudgeCondition(node);
        var (yes, no) = AskedBy(node.Condition);
        Within(yes, node.Then);
        Within(no, node.Else);
    }

    public override void Visit(ScriptConditionalExpression node)
    {
        Leniently(node.Condition);
        var (yes, no) = AskedBy(node.Condition);
        Within(yes, node.ThenValue);
        Within(no, node.ElseValue);
    }

    public override void Visit(ScriptCaseStatement node)
    {
        node.Value?.Accept(this);
        var seen = new HashSet<string?>();
        foreach (var value in (node.Body?.Statements ?? []).OfType<ScriptWhenStatement>().SelectMany(when => when.Values))
        {
            if (value is ScriptLiteral && !seen.Add(value.ToString()))
            {
                Warn(value, $"`{value}` stood in a `when` before, so that this one is never reached; remove it.");
            }
        }

        node.Body?.Accept(this);
    }

    public override void Visit(ScriptForStatement node)
    {
        node.Iterator?.Accept(this);
        foreach (var argument in node.NamedArguments ?? [])
        {
            argument.Accept(this);
        }

        var list = KindOf(node.Iterator);
        if (list.Kind is ModelKind.Text or ModelKind.Number or ModelKind.Bool or ModelKind.Date)
        {
            Warn(node, $"`{Short(node.Iterator)}` is {Word(list.Kind)} and no list, so that there is nothing to go through.");
        }

        var name = (node.Variable as ScriptVariableGlobal)?.Name ?? "";
        var before = _variables.GetValueOrDefault(name);
        _variables[name] = list.Kind == ModelKind.List ? list.Item ?? Any : Any;
        node.Body?.Accept(this);
        node.Else?.Accept(this);
        _variables.Remove(name);
        if (before is not null)
        {
            _variables[name] = before;
        }
    }

    public override void Visit(ScriptBinaryExpression node)
    {
        if (node.Operator == ScriptBinaryOperator.EmptyCoalescing)
        {
            Leniently(node.Left);
            node.Right?.Accept(this);
            return;
        }

        node.Left?.Accept(this);
        node.Right?.Accept(this);
        var (left, right) = (KindOf(node.Left).Kind, KindOf(node.Right).Kind);
        var isArithmetic = node.Operator is ScriptBinaryOperator.Subtract or ScriptBinaryOperator.Divide or ScriptBinaryOperator.DivideRound
            or ScriptBinaryOperator.Modulus || (node.Operator == ScriptBinaryOperator.Multiply && left == ModelKind.Text && right == ModelKind.Text);
        if (isArithmetic && (left is ModelKind.Text or ModelKind.Date || right is ModelKind.Text or ModelKind.Date))
        {
            Warn(node, $"`{Short(node)}` calculates with a text; make it a number with `| string.to_double`.");
        }
        else if (node.Operator is ScriptBinaryOperator.CompareEqual or ScriptBinaryOperator.CompareNotEqual
            && (left, right) is (ModelKind.Text, ModelKind.Number) or (ModelKind.Number, ModelKind.Text))
        {
            Warn(node, $"`{Short(node)}` compares a text with a number, which are never the same.");
        }
    }

    private void VisitTarget(ScriptExpression? target)
    {
        // The whole path is judged, not what leads to it.
        _lenient++;
        target?.Accept(this);
        _lenient--;
    }

    private void JudgeCondition(ScriptIfStatement node)
    {
        if (node.Condition is ScriptLiteral { Value: bool always })
        {
            ScriptNode? never = always ? node.Else : node.Then;
            if (never is not null)
            {
                Warn(never, $"The condition is always `{(always ? "true" : "false")}`, so that this is never reached; remove it.");
            }
        }

        for (var next = node.Else as ScriptIfStatement; next is not null; next = next.Else as ScriptIfStatement)
        {
            if (next.Condition?.ToString() == node.Condition?.ToString())
            {
                Warn(next, $"`{Short(node.Condition)}` was asked before, so that this is never reached; remove it.");
                break;
            }
        }
    }

    private void Leniently(ScriptNode? node)
    {
        _lenient++;
        node?.Accept(this);
        _lenient--;
    }

    private void Within(List<string> asked, ScriptNode? node)
    {
        var before = _asked.Count;
        _asked.AddRange(asked);
        node?.Accept(this);
        _asked.RemoveRange(before, _asked.Count - before);
    }

    /// <summary>The paths that are there where a condition holds, and where it does not.</summary>
    private static (List<string> Yes, List<string> No) AskedBy(ScriptNode? condition)
    {
        List<string> yes = [], no = [];
        var open = new Stack<(ScriptNode? Node, bool IsNot)>([(condition, false)]);
        while (open.TryPop(out var item))
        {
            switch (item.Node)
            {
                case ScriptVariableGlobal or ScriptMemberExpression or ScriptIndexerExpression:
                    (item.IsNot ? no : yes).Add(item.Node.ToString() ?? "");
                    break;
                case ScriptUnaryExpression { Operator: ScriptUnaryOperator.Not } unary:
                    open.Push((unary.Right, !item.IsNot));
                    break;
                case ScriptBinaryExpression { Operator: ScriptBinaryOperator.CompareEqual, Right: ScriptLiteral { Value: null } } isNull:
                    open.Push((isNull.Left, !item.IsNot));
                    break;
                case not null:
                    for (var i = 0; i < item.Node.ChildrenCount; i++)
                    {
                        open.Push((item.Node.GetChildren(i), item.IsNot));
                    }

                    break;
            }
        }

        return (yes, no);
    }

    private static bool IsVisible(ScriptStatement statement) => statement switch
    {
        ScriptRawStatement raw => !string.IsNullOrWhiteSpace(raw.ToString()),
        ScriptEndStatement or ScriptEscapeStatement or ScriptNopStatement => false,
        _ => true,
    };

    private static string Short(ScriptNode? node) => node?.ToString()?.Trim() is { } text ? text.Length <= 60 ? text : text[..60] + "…" : "";
}

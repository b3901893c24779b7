using Scriban.Syntax;

namespace MailMarketing.Templates.Scriban;

/// <summary>What is printed, under which conditions, and what never is.</summary>
internal sealed partial class SyntaxCheck
{
    private readonly Stack<HashSet<string?>> _whenValues = new();

    // Paths that a condition around the place asked for
    private readonly List<string> _asked = [];

    // Above 0 where a missing name is nothing instead of a failure
    private int _lenient;

    private int _loopDepth;

    // Above 0 in what stands before a dot or an index
    private int _pathDepth;

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
        Give(node.Target);
        if (node.Target is ScriptVariableGlobal variable)
        {
            var kind = KindOf(node.Value) with { IsOptional = false };
            _variables[variable.Name] = _variables.TryGetValue(variable.Name, out var known) && known.Kind != kind.Kind ? Any : kind;
        }
        else if (node.Target is not ScriptVariable)
        {
            VisitTarget(TargetOf(node.Target));
            JudgeWrite(node.Target);
        }
    }

    public override void Visit(ScriptIfStatement node)
    {
        Leniently(node.Condition);
        JudgeCondition(node);
        var (yes, no) = AskedBy(node.Condition);
        InBranches(() => Within(yes, node.Then), () => Within(no, node.Else));
    }

    public override void Visit(ScriptConditionalExpression node)
    {
        Leniently(node.Condition);
        var (yes, no) = AskedBy(node.Condition);
        InBranches(() => Within(yes, node.ThenValue), () => Within(no, node.ElseValue));
    }

    public override void Visit(ScriptCaseStatement node)
    {
        node.Value?.Accept(this);
        _whenValues.Push([]);
        node.Body?.Accept(this);
        _whenValues.Pop();
    }

    public override void Visit(ScriptWhenStatement node)
    {
        foreach (var value in node.Values)
        {
            value.Accept(this);
            if (value is ScriptLiteral && _whenValues.TryPeek(out var seen) && !seen.Add(value.ToString()))
            {
                Warn(value, $"`{value}` stood in a `when` before, so that this one is never reached; remove it.");
            }
        }

        InBranches(() => node.Body?.Accept(this), () => node.Next?.Accept(this));
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
        InLoop(node.Body, node.Variable?.ToString());
        InBranches(() => node.Else?.Accept(this), () => { });
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

    private void JudgeWrite(ScriptExpression? target)
    {
        var root = target;
        while (TargetOf(root) is { } inner)
        {
            root = inner;
        }

        if (root is ScriptVariableGlobal variable && !_own.Contains(variable.Name) && _scope.Fields is { } fields
            && (fields.Contains(variable.Name) || Builtins.Instance.Contains(variable.Name)))
        {
            Add(target!, $"`{Short(target)}` cannot be changed by a template; keep the value in a name of your own.");
        }
        else if (root is ScriptVariableGlobal own)
        {
            _variables[own.Name] = Any;
        }
    }

    private void VisitTarget(ScriptExpression? target)
    {
        // The whole path is judged, not what leads to it.
        _pathDepth++;
        target?.Accept(this);
        _pathDepth--;
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

    private void Within(string[] asked, ScriptNode? node)
    {
        var before = _asked.Count;
        _asked.AddRange(asked);
        node?.Accept(this);
        _asked.RemoveRange(before, _asked.Count - before);
    }

    /// <summary>The paths that are there where a condition holds, and where it does not.</summary>
    private static (string[] Yes, string[] No) AskedBy(ScriptNode? condition)
    {
        switch (condition)
        {
            case ScriptVariableGlobal or ScriptMemberExpression or ScriptIndexerExpression:
                return ([condition.ToString() ?? ""], []);
            case ScriptNestedExpression nested:
                return AskedBy(nested.Expression);
            case ScriptUnaryExpression { Operator: ScriptUnaryOperator.Not } not:
                return Swap(AskedBy(not.Right));
            case ScriptPipeCall pipe:
                return (AskedBy(Stages(pipe)[0]).Yes, []);
            case ScriptFunctionCall call:
                return ([.. call.Arguments.SelectMany(argument => AskedBy(argument).Yes)], []);
            case ScriptBinaryExpression binary:
                var (left, right) = (AskedBy(binary.Left), AskedBy(binary.Right));
                return (binary.Operator, binary.Right) switch
                {
                    (ScriptBinaryOperator.And, _) => ([.. left.Yes, .. right.Yes], []),
                    (ScriptBinaryOperator.Or, _) => ([], [.. left.No, .. right.No]),
                    (ScriptBinaryOperator.CompareEqual, ScriptLiteral { Value: null }) => Swap(left),
                    (ScriptBinaryOperator.CompareNotEqual, ScriptLiteral { Value: null }) => left,
                    (ScriptBinaryOperator.CompareEqual, ScriptLiteral) => (left.Yes, []),
                    (ScriptBinaryOperator.CompareNotEqual, ScriptLiteral) => ([], left.Yes),
                    (ScriptBinaryOperator.CompareGreater or ScriptBinaryOperator.CompareGreaterOrEqual
                        or ScriptBinaryOperator.CompareLess or ScriptBinaryOperator.CompareLessOrEqual, _) => ([.. left.Yes, .. right.Yes], []),
                    _ => ([], []),
                };
            default:
                return ([], []);
        }

        static (string[], string[]) Swap((string[] Yes, string[] No) asked) => (asked.No, asked.Yes);
    }

    private static bool IsVisible(ScriptStatement statement) => statement switch
    {
        ScriptRawStatement raw => !string.IsNullOrWhiteSpace(raw.ToString()),
        ScriptEndStatement or ScriptEscapeStatement or ScriptNopStatement => false,
        _ => true,
    };

    private static string Short(ScriptNode? node) => node?.ToString()?.Trim() is { } text ? text.Length <= 60 ? text : text[..60] + "…" : "";
}

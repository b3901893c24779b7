using Scriban.Runtime;
using Scriban.Syntax;

namespace MailMarketing.Templates.Scriban;

/// <summary>Calls: that there is such a function, and that it gets what it can work with.</summary>
internal sealed partial class SyntaxCheck
{
    public override void Visit(ScriptFunctionCall node)
    {
        VisitCall(node, piped: null);
    }

    public override void Visit(ScriptPipeCall node)
    {
        var stages = Stages(node);
        var first = stages[0];

        // Names without a value are there all the same, so that a default far along the pipe is soon enough.
        var hasDefault = first is ScriptVariableGlobal && stages.Any(stage => FunctionName(stage) == "object.default");
        _lenient += hasDefault ? 1 : 0;
        first.Accept(this);
        _lenient -= hasDefault ? 1 : 0;
        for (var i = 1; i < stages.Count; i++)
        {
            VisitCall(stages[i], piped: stages[i - 1]);
        }
    }

    /// <summary>The links of a pipe in order; the parser hangs each into the one before.</summary>
    private static List<ScriptExpression> Stages(ScriptPipeCall pipe)
    {
        var stages = new List<ScriptExpression>();
        ScriptExpression? next = pipe;
        while (next is ScriptPipeCall call)
        {
            if (call.From is ScriptPipeCall before)
            {
                stages.AddRange(Stages(before));
            }
            else if (call.From is not null)
            {
                stages.Add(call.From);
            }

            next = call.To;
        }

        if (next is not null)
        {
            stages.Add(next);
        }

        return stages;
    }

    private void VisitCall(ScriptExpression stage, ScriptExpression? piped)
    {
        var call = stage as ScriptFunctionCall;
        var target = call?.Target ?? stage;
        target.Accept(this);
        foreach (var argument in call?.Arguments ?? [])
        {
            argument.Accept(this);
        }

        var given = (call?.Arguments.Count ?? 0) + (piped is null ? 0 : 1);
        if (FunctionName(stage) is { } name && BuiltIn(name) is { } function)
        {
            JudgeCount(stage, name, given, function.RequiredParameterCount, function.ParameterCount, function.VarParamKind != ScriptVarParamKind.None);
            JudgeFirst(stage, name, piped ?? call?.Arguments.FirstOrDefault());
            JudgeSegment(name, piped ?? call?.Arguments.FirstOrDefault(), call?.Arguments.LastOrDefault());
        }
        else if (target is ScriptVariableGlobal own && _functions.TryGetValue(own.Name, out var mine))
        {
            var parameters = mine.Parameters?.Count ?? 0;
            var required = mine.Parameters?.Count(parameter => parameter.DefaultValue is null) ?? 0;
            JudgeCount(stage, own.Name, given, required, parameters, hasMore: mine.Parameters is null || mine.VarParamKind != ScriptVarParamKind.None);
        }
        else if (target is ScriptVariableGlobal field && _scope.Fields?.Contains(field.Name) == true && !_own.Contains(field.Name))
        {
            Add(stage, $"`{field.Name}` is a field and no function, so that nothing can be handed to it.");
        }
    }

    private void JudgeCount(ScriptNode node, string name, int given, int required, int most, bool hasMore)
    {
        if (given < required || (given > most && !hasMore))
        {
            var takes = required == most ? $"{most}" : hasMore ? $"at least {required}" : $"{required} to {most}";
            Add(node, $"`{name}` takes {takes} {(takes == "1" ? "value" : "values")}, with the one before `|`; here it gets {given}.");
        }
    }

    private void JudgeFirst(ScriptNode node, string name, ScriptNode? first)
    {
        var kind = KindOf(first).Kind;
        var wrong = name.Split('.')[0] switch
        {
            "math" => kind is ModelKind.Text or ModelKind.Bool or ModelKind.List or ModelKind.Nested or ModelKind.Date,
            "string" => kind is ModelKind.List or ModelKind.Nested,
            "array" => kind is ModelKind.Text or ModelKind.Number or ModelKind.Bool,
            _ => false,
        };
        if (wrong)
        {
            Warn(node, $"`{name}` gets {Word(kind)} here, which it does not work on.");
        }
    }

    private void JudgeSegment(string function, ScriptNode? list, ScriptNode? item)
    {
        if (_scope.Segments is { } known && function == "array.contains" && list is ScriptVariableGlobal { Name: TemplateFields.Segments }
            && !_own.Contains(TemplateFields.Segments) && item is ScriptLiteral { Value: string name } && !known.Contains(name))
        {
            Warn(item, $"There is no segment `{name}`, so that nobody is in it.{NearestName.Question(name, known)}");
        }
    }

    private static string Word(ModelKind kind) => kind switch
    {
        ModelKind.Text => "a text",
        ModelKind.Number => "a number",
        ModelKind.Bool => "true or false",
        ModelKind.Date => "a date",
        ModelKind.List => "a list",
        _ => "a nested value",
    };

    private static string? FunctionName(ScriptNode stage) => (stage is ScriptFunctionCall call ? call.Target : stage) switch
    {
        ScriptVariableGlobal variable => variable.Name,
        ScriptMemberExpression { Target: ScriptVariableGlobal group, Member: { } member } => $"{group.Name}.{member.Name}",
        _ => null,
    };

    private IScriptCustomFunction? BuiltIn(string name)
    {
        var parts = name.Split('.');
        return _own.Contains(parts[0]) ? null : parts.Length == 1
            ? Builtins.Instance.GetSafeValue<object>(name) as IScriptCustomFunction
            : (Builtins.Instance.GetSafeValue<object>(parts[0]) as ScriptObject)?.GetSafeValue<object>(parts[1]) as IScriptCustomFunction;
    }
}

using Scriban.Syntax;

namespace MailMarketing.Templates.Scriban;

/// <summary>What expressions give: followed through fields, variables and loops.</summary>
internal sealed partial class SyntaxCheck
{
    private static readonly ModelField Any = new(ModelKind.Any);
    private static readonly ModelField Text = new(ModelKind.Text);
    private static readonly ModelField Number = new(ModelKind.Number);
    private static readonly ModelField Bool = new(ModelKind.Bool);

    private readonly Dictionary<string, ModelField> _variables = new(StringComparer.Ordinal);

    /// <summary>What an expression gives; <see cref="ModelKind.Any"/> where nobody can say.</summary>
    private ModelField KindOf(ScriptNode? node) => node switch
    {
        ScriptLiteral { Value: string } => Text,
        ScriptLiteral { Value: bool } => Bool,
        ScriptLiteral { Value: not null } => Number,
        ScriptVariableGlobal variable when _variables.TryGetValue(variable.Name, out var own) => own,
        ScriptVariableGlobal variable when !_own.Contains(variable.Name) && _scope.Fields?.Contains(variable.Name) == true =>
            _scope.FieldOf(variable.Name),
        ScriptNestedExpression nested => KindOf(nested.Expression),
        ScriptMemberExpression { Target: ScriptVariableGlobal target } when GroupOf(target) is not null => Any,
        ScriptMemberExpression member => MemberOf(KindOf(member.Target), member.Member?.Name),
        ScriptIndexerExpression { Index: ScriptLiteral { Value: string name } } index => MemberOf(KindOf(index.Target), name),
        ScriptIndexerExpression index => KindOf(index.Target) switch
        {
            { Kind: ModelKind.List, Item: { } item } => item,
            { Kind: ModelKind.Nested } => ModelField.Free,
            _ => Any,
        },
        ScriptArrayInitializerExpression => new(ModelKind.List),
        ScriptObjectInitializerExpression own => new(ModelKind.Nested)
        {
            Members = own.Members.OfType<ScriptObjectMember>().Where(member => member.Name is not null)
                .DistinctBy(NameOf).ToDictionary(NameOf, member => KindOf(member.Value), StringComparer.Ordinal),
        },
        ScriptBinaryExpression { Operator: ScriptBinaryOperator.EmptyCoalescing } either =>
            KindOf(either.Left).Kind == KindOf(either.Right).Kind ? KindOf(either.Left) with { IsOptional = false } : Any,
        ScriptBinaryExpression { Operator: >= ScriptBinaryOperator.CompareEqual and <= ScriptBinaryOperator.CompareLess } => Bool,
        ScriptPipeCall pipe => ResultOf(Stages(pipe)[^1]),
        ScriptFunctionCall call => ResultOf(call),
        _ => Any,
    };

    private static string NameOf(ScriptObjectMember member) =>
        member.Name is ScriptLiteral { Value: string name } ? name : (member.Name as ScriptVariable)?.Name ?? "";

    private static ModelField MemberOf(ModelField of, string? name) => of switch
    {
        { Kind: ModelKind.Nested, Members: { } members } when name is not null => members.GetValueOrDefault(name) ?? Any,
        { Kind: ModelKind.Nested, Members: null } => ModelField.Free,
        { Kind: ModelKind.Any, IsOptional: true } => ModelField.Free,
        _ => Any,
    };

    private static ModelField ResultOf(ScriptNode stage) => FunctionName(stage) switch
    {
        "string.to_int" or "string.to_long" or "string.to_double" or "string.size" or "array.size" or "math.round" or "math.abs"
            or "math.ceil" or "math.floor" or "math.plus" or "math.minus" or "math.times" or "math.divided_by" or "math.modulo" => Number,
        "string.contains" or "string.starts_with" or "string.ends_with" or "array.contains" or "string.empty" or "speaks" => Bool,
        "string.split" or "array.sort" or "array.uniq" or "array.reverse" or "array.limit" or "array.offset" or "array.map" => new(ModelKind.List),
        "array.join" or "date.to_string" or "math.format" or "format_date" or "format_number" or "format_money" => Text,
        { } name when name.StartsWith("string.", StringComparison.Ordinal) || name.StartsWith("html.", StringComparison.Ordinal) => Text,
        _ => Any,
    };

    private void JudgeMember(ScriptNode node, ScriptExpression? target, string? name)
    {
        if (name is null || _scope.Fields is null)
        {
            return;
        }

        var of = KindOf(target);
        if (of is { Kind: ModelKind.Nested, Members: { } members } && !members.ContainsKey(name))
        {
            Add(node, $"`{target}` has no member `{name}`.{NearestName.Question(name, members.Keys, target + ".")}"
                + $" Known are {string.Join(", ", members.Keys.Order(StringComparer.Ordinal))}.");
        }
        else if (of.Kind is ModelKind.Text or ModelKind.Number or ModelKind.Bool or ModelKind.Date or ModelKind.List && name != "size")
        {
            var remedy = of.Kind switch
            {
                ModelKind.Date => $"; write `(date.parse {target}).{name}`",
                ModelKind.List => "; its items have, in a `for` or by their number, as in `[0]`",
                _ => "",
            };
            Add(node, $"`{target}` is {Word(of.Kind)} and has no member `{name}`{remedy}.");
        }
    }

    /// <summary>A field is read here: doubtful where something on the way to it may be missing and nothing asks for it.</summary>
    private void Read(ScriptNode node)
    {
        if (_lenient > 0 || _pathDepth > 0 || _scope.Model is null)
        {
            return;
        }

        for (ScriptNode? next = node; next is not null; next = TargetOf(next))
        {
            if (!KindOf(next).IsOptional || next.ToString() is not { } path || IsAsked(path))
            {
                continue;
            }

            Warn(node, path.StartsWith("attributes", StringComparison.Ordinal)
                ? $"A contact without `{path}` gets no email; write `{node} ?? 'something'`, or ask `if {path}` first."
                : $"`{path}` may be empty; write `{node} ?? 'something'`, or ask `if {path}` first.");
            return;
        }
    }

    private static ScriptExpression? TargetOf(ScriptNode? node) => node switch
    {
        ScriptMemberExpression member => member.Target,
        ScriptIndexerExpression index => index.Target,
        _ => null,
    };

    // Who asks for a member asks for what it stands in.
    private bool IsAsked(string path) => _asked.Any(asked => asked == path
        || (asked.StartsWith(path, StringComparison.Ordinal) && asked[path.Length] is '.' or '['));
}

using Scriban.Runtime;
using Scriban.Syntax;

namespace MailMarketing.Templates.Scriban;

/// <summary>Finds what a template may not use, names that nobody will know when it is sent, and what may not come out as meant.</summary>
internal sealed partial class SyntaxCheck : ScriptVisitor
{
    private const int MostMistakes = 100;

    private readonly PartText _part;
    private readonly CheckScope _scope;
    private readonly HashSet<string> _own = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ScriptFunction> _functions = new(StringComparer.Ordinal);
    private readonly List<TemplateMistake> _mistakes = [];

    private SyntaxCheck(PartText part, CheckScope scope) => (_part, _scope) = (part, scope);

    public static IReadOnlyList<TemplateMistake> Mistakes(PartText part, ScriptPage page, CheckScope scope)
    {
        var check = new SyntaxCheck(part, scope);
        check.CollectOwnNames(page);
        check.Visit(page);
        return check._mistakes;
    }

    public override void Visit(ScriptThisExpression node) => Forbid(node, "this");

    public override void Visit(ScriptImportStatement node) => Forbid(node, "import");

    public override void Visit(ScriptWithStatement node) => Forbid(node, "with");

    public override void Visit(ScriptWrapStatement node) => Forbid(node, "wrap");

    public override void Visit(ScriptTableRowStatement node) => Forbid(node, "tablerow");

    public override void Visit(ScriptVariableGlobal node)
    {
        if (_scope.Fields is not { } fields || _mistakes.Count == MostMistakes)
        {
            return;
        }

        if (_own.Contains(node.Name))
        {
            JudgeValue(node, node.Name);
        }
        else if (node.Name is "for" or "while")
        {
            if (_loopDepth == 0)
            {
                Add(node, $"`{node.Name}` is known inside of a loop only.");
            }
        }
        else if (Builtins.Instance.Contains(node.Name))
        {
            return;
        }
        else if (fields.Contains(node.Name))
        {
            Read(node);
        }
        else if (node.Name is "include" or "layout" or "block")
        {
            Add(node, $"`{node.Name}` stands at the start of a tag of its own, with a name in quotes: {{{{ {node.Name} 'name' }}}}.");
        }
        else
        {
            Add(node, $"There is no field or function `{node.Name}`.{NearestName.Question(node.Name, KnownNames)}"
                + $" Known are {string.Join(", ", fields.Order(StringComparer.Ordinal))}.");
        }
    }

    public override void Visit(ScriptVariableLocal node)
    {
        if (_scope.Fields is null || node.Name.Length == 0 || char.IsAsciiDigit(node.Name[0]))
        {
            return;
        }

        if (_own.Contains(node.ToString()))
        {
            JudgeValue(node, node.ToString());
        }
        else
        {
            Add(node, $"Nothing in this template gives `{node}` a value.");
        }
    }

    public override void Visit(ScriptMemberExpression node)
    {
        if (node.Target is ScriptVariableGlobal target && GroupOf(target) is { } group)
        {
            if (node.Member is { } member && !group.Contains(member.Name))
            {
                Add(node, $"There is no function `{target.Name}.{member.Name}`.{NearestName.Question(member.Name, group.Keys, target.Name + ".")}"
                    + $" Known are {string.Join(", ", group.Keys.Order(StringComparer.Ordinal))}.");
            }

            return;
        }

        VisitTarget(node.Target);
        JudgeMember(node, node.Target, node.Member?.Name);
        Read(node);
    }

    public override void Visit(ScriptIndexerExpression node)
    {
        VisitTarget(node.Target);
        node.Index?.Accept(this);
        JudgeMember(node, node.Target, (node.Index as ScriptLiteral)?.Value as string);
        Read(node);
    }

    public override void Visit(ScriptObjectMember node) => node.Value?.Accept(this);

    public override void Visit(ScriptNamedArgument node) => node.Value?.Accept(this);

    private IEnumerable<string> KnownNames => (_scope.Fields ?? new HashSet<string>()).Concat(_own).Concat(Builtins.Instance.Keys);

    private ScriptObject? GroupOf(ScriptVariableGlobal variable) =>
        _own.Contains(variable.Name) ? null : Builtins.Instance.GetSafeValue<object>(variable.Name) as ScriptObject;

    private void CollectOwnNames(ScriptNode root)
    {
        var open = new Stack<ScriptNode>([root]);
        while (open.TryPop(out var node))
        {
            ScriptNode? named = node switch
            {
                ScriptAssignExpression assign => assign.Target,
                ScriptForStatement loop => loop.Variable,
                ScriptCaptureStatement capture => capture.Target,
                ScriptFunction function => function.NameOrDoToken,
                ScriptParameter parameter => parameter.Name,
                _ => null,
            };
            if (named is ScriptVariable variable)
            {
                _own.Add(variable.ToString());
                ForbidReserved(variable, isShortLived: node is ScriptForStatement or ScriptParameter);
                if (node is ScriptFunction function)
                {
                    _functions[variable.Name] = function;
                }
            }

            for (var i = 0; i < node.ChildrenCount; i++)
            {
                if (node.GetChildren(i) is { } child)
                {
                    open.Push(child);
                }
            }
        }
    }

    private void ForbidReserved(ScriptVariable variable, bool isShortLived)
    {
        var isField = !isShortLived && _scope.Fields?.Contains(variable.Name) == true;
        if (variable is ScriptVariableGlobal && (isField || Builtins.Instance.Contains(variable.Name)))
        {
            Add(variable, $"`{variable.Name}` cannot be given another meaning; choose a name of your own.");
        }
    }

    private void Forbid(ScriptNode node, string word) => Add(node, $"`{word}` is not available in emails.");

    private void Add(ScriptNode node, string message) => Add(node, message, TemplateSeverity.Error);

    // Where no model is given, nobody asked for doubts.
    private void Warn(ScriptNode node, string message)
    {
        if (_scope.Model is not null)
        {
            Add(node, message, TemplateSeverity.Warning);
        }
    }

    private void Add(ScriptNode node, string message, TemplateSeverity severity)
    {
        if (_mistakes.Count < MostMistakes && _part.At(node.Span.Start.Offset, message, severity) is var mistake && !_mistakes.Contains(mistake))
        {
            _mistakes.Add(mistake);
        }
    }
}

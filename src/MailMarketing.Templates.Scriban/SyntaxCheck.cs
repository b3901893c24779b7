using Scriban.Runtime;
using Scriban.Syntax;

namespace MailMarketing.Templates.Scriban;

/// <summary>Finds what a template may not use, and names that nobody will know when it is sent.</summary>
internal sealed class SyntaxCheck : ScriptVisitor
{
    private readonly string _part;
    private readonly IReadOnlySet<string>? _knownFields;
    private readonly HashSet<string> _own = new(StringComparer.Ordinal);
    private readonly List<TemplateMistake> _mistakes = [];

    private SyntaxCheck(string part, IReadOnlySet<string>? knownFields)
    {
        _part = part;
        _knownFields = knownFields;
    }

    public static IReadOnlyList<TemplateMistake> Mistakes(string part, ScriptPage page, IReadOnlySet<string>? knownFields)
    {
        var check = new SyntaxCheck(part, knownFields);
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
        if (_knownFields is null || node.Name is "for" or "while" || _own.Contains(node.Name) || _knownFields.Contains(node.Name)
            || Builtins.Instance.Contains(node.Name))
        {
            return;
        }

        Add(node, $"There is no field or function `{node.Name}`; known are {string.Join(", ", _knownFields.Order(StringComparer.Ordinal))}.");
    }

    public override void Visit(ScriptVariableLocal node)
    {
        if (_knownFields is not null && !_own.Contains(node.ToString()) && node.Name.Length > 0 && !char.IsAsciiDigit(node.Name[0]))
        {
            Add(node, $"Nothing in this template gives `{node}` a value.");
        }
    }

    public override void Visit(ScriptMemberExpression node)
    {
        node.Target?.Accept(this);
        if (node.Target is ScriptVariableGlobal target && Builtins.Instance.Contains(target.Name)
            && Builtins.Instance[target.Name] is ScriptObject group && node.Member is { } member && !group.Contains(member.Name))
        {
            Add(node, $"There is no function `{target.Name}.{member.Name}`; known are {string.Join(", ", group.Keys.Order(StringComparer.Ordinal))}.");
        }
    }

    public override void Visit(ScriptObjectMember node) => node.Value?.Accept(this);

    public override void Visit(ScriptNamedArgument node) => node.Value?.Accept(this);

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
        var isField = !isShortLived && _knownFields?.Contains(variable.Name) == true;
        if (variable is ScriptVariableGlobal && (isField || Builtins.Instance.Contains(variable.Name)))
        {
            Add(variable, $"`{variable.Name}` cannot be given another meaning; choose a name of your own.");
        }
    }

    private void Forbid(ScriptNode node, string word) => Add(node, $"`{word}` is not available in emails.");

    private void Add(ScriptNode node, string message) => _mistakes.Add(ScribanParser.MistakeAt(_part, node.Span, message));
}

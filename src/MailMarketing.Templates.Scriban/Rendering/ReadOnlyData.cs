using System.Globalization;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace MailMarketing.Templates.Scriban;

/// <summary>A recipient's data as a template sees them: by name, never by reflection, never written.</summary>
internal sealed class ReadOnlyData(IReadOnlyDictionary<string, object?> values, bool isRoot = false) : IScriptObject
{
    // A template asks for the same lists and members again and again, in each of its parts
    private Wrapping? _wrapped;

    public int Count => values.Count;

    public bool IsReadOnly
    {
        get => true;
        set => throw new InvalidOperationException("A recipient's data are read-only.");
    }

    public IEnumerable<string> GetMembers() => values.Keys;

    public bool Contains(string member) => values.ContainsKey(member);

    public bool TryGetValue(TemplateContext? context, SourceSpan span, string member, out object? value)
    {
        if (values.TryGetValue(member, out var found))
        {
            value = found is null or string or bool or int or long or decimal or double ? found : Wrapped(found);
            return true;
        }

        value = null;
        if (isRoot || context is RenderContext { IsLenient: true })
        {
            return false;
        }

        throw new ScriptRuntimeException(span, $"The recipient has no `{member}`; write `?? 'something'` where it may be missing");
    }

    // The root must not stop a template from having variables of its own beside the fields.
    public bool CanWrite(string member) => isRoot && !values.ContainsKey(member);

    public bool TrySetValue(TemplateContext? context, SourceSpan span, string member, object? value, bool readOnly) => false;

    public bool Remove(string member) => false;

    public void SetReadOnly(string member, bool readOnly)
    {
    }

    public IScriptObject Clone(bool deep) => this;

    public override string ToString() => "";

    private object? Wrapped(object value)
    {
        for (var known = _wrapped; known is not null; known = known.Next)
        {
            if (ReferenceEquals(known.Value, value))
            {
                return known.Wrapped;
            }
        }

        _wrapped = new Wrapping(value, Wrap(value), _wrapped);
        return _wrapped.Wrapped;
    }

    private static object? Wrap(object? value) => value switch
    {
        null or string or bool or int or long or decimal or double => value,
        IReadOnlyDictionary<string, object?> members => new ReadOnlyData(members),
        System.Collections.IEnumerable items => WrapAll(items),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static ReadOnlyList WrapAll(System.Collections.IEnumerable items)
    {
        var list = new ReadOnlyList((items as System.Collections.ICollection)?.Count ?? 0);
        foreach (var item in items)
        {
            list.Add(Wrap(item)!);
        }

        list.IsReadOnly = true;
        return list;
    }

    private sealed record Wrapping(object Value, object? Wrapped, Wrapping? Next);
}

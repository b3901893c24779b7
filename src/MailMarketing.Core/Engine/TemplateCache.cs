namespace MailMarketing.Engine;

/// <summary>Templates compiled once for many recipients; the least recently used make room.</summary>
internal sealed class TemplateCache(TemplateLanguages languages)
{
    private const int Capacity = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<TemplateSource, LinkedListNode<(TemplateSource Source, Compiled Compiled)>> _known = [];
    private readonly LinkedList<(TemplateSource Source, Compiled Compiled)> _used = new();

    /// <summary>The compiled template, or why there is none.</summary>
    public Compiled Get(TemplateSource source)
    {
        lock (_lock)
        {
            if (_known.TryGetValue(source, out var node))
            {
                _used.Remove(node);
                _used.AddFirst(node);
                return node.Value.Compiled;
            }
        }

        var compiled = Compile(source);
        lock (_lock)
        {
            if (!_known.ContainsKey(source))
            {
                _known[source] = _used.AddFirst((source, compiled));
                if (_known.Count > Capacity)
                {
                    _known.Remove(_used.Last!.Value.Source);
                    _used.RemoveLast();
                }
            }
        }

        return compiled;
    }

    private Compiled Compile(TemplateSource source)
    {
        if (languages.Find(source.Language) is not { } renderer)
        {
            return new(null, $"No renderer for the template language '{source.Language}' is registered: add its package, as in .UseScriban().");
        }

        try
        {
            return new(renderer.Compile(source), null);
        }
        catch (TemplateException exception)
        {
            return new(null, exception.Message);
        }
    }

    /// <summary>One of the two is there.</summary>
    internal sealed record Compiled(ICompiledTemplate? Template, string? Error);
}

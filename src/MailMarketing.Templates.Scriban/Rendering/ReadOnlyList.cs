using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;

namespace MailMarketing.Templates.Scriban;

/// <summary>A list among a recipient's data; the library's own refuses new members when it is read-only, but not new items.</summary>
internal sealed class ReadOnlyList(int capacity) : ScriptArray(capacity)
{
    /// <summary>Reads and never writes.</summary>
    public static IListAccessor Accessor { get; } = new Reader();

    private sealed class Reader : IListAccessor
    {
        public int GetLength(TemplateContext context, SourceSpan span, object target) => ((ReadOnlyList)target).Count;

        public object? GetValue(TemplateContext context, SourceSpan span, object target, int index)
        {
            var list = (ReadOnlyList)target;
            return index >= 0 && index < list.Count ? list[index] : null;
        }

        public void SetValue(TemplateContext context, SourceSpan span, object target, int index, object? value)
        {
        }
    }
}

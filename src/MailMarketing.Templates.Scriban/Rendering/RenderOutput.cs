using System.Text;
using Scriban.Runtime;

namespace MailMarketing.Templates.Scriban;

/// <summary>Collects a part's output and refuses to grow past the limit, where the library's own output would be cut.</summary>
internal sealed class RenderOutput : IScriptOutput
{
    // What one unusually large email needed is not kept for all that follow.
    private const int KeptCapacity = 64 * 1024;

    public StringBuilder Builder { get; } = new();

    /// <summary>The collected output; the collector is empty again.</summary>
    public string Take()
    {
        var text = Builder.ToString();
        Builder.Clear();
        if (Builder.Capacity > KeptCapacity)
        {
            Builder.Capacity = KeptCapacity;
        }

        return text;
    }

    /// <summary>Writes text that is to be escaped for HTML.</summary>
    public void WriteEscaped(string text)
    {
        HtmlText.AppendEscaped(Builder, text);
        Judge(0);
    }

    public void Write(string text, int offset, int count)
    {
        Judge(count);
        Builder.Append(text, offset, count);
    }

    public ValueTask WriteAsync(string text, int offset, int count, CancellationToken cancellationToken)
    {
        Write(text, offset, count);
        return default;
    }

    private void Judge(int added)
    {
        if (Builder.Length + added > Limits.RenderedPart)
        {
            throw new RenderLimitException($"The output is larger than {Limits.RenderedPart / 1024} KiB.");
        }
    }
}

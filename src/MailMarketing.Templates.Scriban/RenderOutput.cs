using System.Text;
using Scriban.Runtime;

namespace MailMarketing.Templates.Scriban;

/// <summary>Collects a part's output and refuses to grow past the limit, where the library's own output would be cut.</summary>
internal sealed class RenderOutput : IScriptOutput
{
    public StringBuilder Builder { get; } = new();

    public void Write(string text, int offset, int count)
    {
        if (Builder.Length + count > Limits.RenderedPart)
        {
            throw new RenderLimitException($"The output is larger than {Limits.RenderedPart / 1024} KiB.");
        }

        Builder.Append(text, offset, count);
    }

    public ValueTask WriteAsync(string text, int offset, int count, CancellationToken cancellationToken)
    {
        Write(text, offset, count);
        return default;
    }
}

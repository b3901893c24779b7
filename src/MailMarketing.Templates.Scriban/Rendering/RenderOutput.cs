using Scriban.Runtime;

namespace MailMarketing.Templates.Scriban;

/// <summary>Collects a part's output and refuses to grow past the limit, where the library's own output would be cut.</summary>
internal sealed class RenderOutput : IScriptOutput
{
    // What one unusually large email needed is not kept for all that follow.
    private const int KeptCapacity = 64 * 1024;

    private char[] _buffer = new char[1024];
    private int _length;

    /// <summary>What is written so far.</summary>
    public ReadOnlySpan<char> Written => _buffer.AsSpan(0, _length);

    /// <summary>The collected output; the collector is empty again.</summary>
    public string Take()
    {
        var text = new string(Written);
        _length = 0;
        if (_buffer.Length > KeptCapacity)
        {
            _buffer = new char[KeptCapacity];
        }

        return text;
    }

    /// <summary>Writes text that is to be escaped for HTML.</summary>
    public void WriteEscaped(ReadOnlySpan<char> text)
    {
        for (int next; (next = HtmlText.Next(text)) >= 0; text = text[(next + 1)..])
        {
            Append(text[..next]);
            Append(HtmlText.Escaped(text[next]));
        }

        Append(text);
    }

    public void Write(string text, int offset, int count) => Append(text.AsSpan(offset, count));

    public ValueTask WriteAsync(string text, int offset, int count, CancellationToken cancellationToken)
    {
        Write(text, offset, count);
        return default;
    }

    private void Append(ReadOnlySpan<char> text)
    {
        var length = _length + text.Length;
        if (length > _buffer.Length)
        {
            if (length > Limits.RenderedPart)
            {
                throw new RenderLimitException($"The output is larger than {Limits.RenderedPart / 1024} KiB.");
            }

            Array.Resize(ref _buffer, Math.Min(Math.Max(length, _buffer.Length * 2), Limits.RenderedPart));
        }

        text.CopyTo(_buffer.AsSpan(_length));
        _length = length;
    }
}

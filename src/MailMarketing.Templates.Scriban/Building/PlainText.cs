using System.Text;

namespace MailMarketing.Templates.Scriban;

/// <summary>Collects words and lines; blank lines and spaces come only before something that is printed.</summary>
internal sealed class PlainText
{
    private readonly StringBuilder _text = new();
    private int _lines;
    private bool _space;
    private bool _isEmpty = true;

    /// <summary>Literal words, with white space as in HTML.</summary>
    public void Words(string words)
    {
        foreach (var character in words)
        {
            // A space that does not break looks like any other in a text.
            if (character is ' ' or '\t' or '\r' or '\n' or '\f' or '\u00a0')
            {
                _space = true;
                continue;
            }

            if (character is '\u200b' or '\u200c' or '\u200d' or '\ufeff' or '\u00ad' or '\u034f')
            {
                continue;
            }

            Flush();
            _text.Append(character);
        }
    }

    /// <summary>A piece that is printed as it is.</summary>
    public void Piece(string piece)
    {
        Flush();
        _text.Append(piece);
    }

    /// <summary>A tag that prints nothing: what is due stays due behind it.</summary>
    public void Silent(string tag) => _text.Append(tag);

    /// <summary>What follows stands so many lines below.</summary>
    public void Lines(int lines)
    {
        _lines = Math.Max(_lines, lines);
        _space &= lines == 0;
    }

    /// <summary>Writes all due lines but one, where what follows comes again and again.</summary>
    public void BeforeRepetition()
    {
        if (!_isEmpty && _lines > 1)
        {
            _text.Append('\n', _lines - 1);
        }

        // The first repetition cannot know that it is the first.
        (_lines, _isEmpty) = (1, false);
    }

    public int Length => _text.Length;

    public string Since(int length) => _text.ToString(length, _text.Length - length);

    public override string ToString() => _text.ToString();

    private void Flush()
    {
        if (!_isEmpty && _lines > 0)
        {
            _text.Append('\n', _lines);
        }
        else if (_space && _lines == 0 && !_isEmpty)
        {
            _text.Append(' ');
        }

        (_lines, _space, _isEmpty) = (0, false, false);
    }
}

namespace MailMarketing.Templates.Scriban;

/// <summary>Tells, along a piece of HTML, whether one stands between tags, inside of one, in a comment or in a style sheet.</summary>
internal sealed class HtmlPlace
{
    private static readonly string[] RawElements = ["style", "script", "title", "textarea", "xmp"];

    private string? _raw;
    private char _quote;
    private bool _isInTag;
    private bool _isInComment;
    private int _nameStart;

    /// <summary>True where a comment can stand.</summary>
    public bool IsText => !_isInTag && !_isInComment && _raw is null;

    /// <summary>Goes from one place to another, with no tag of the template between them.</summary>
    public void Read(string html, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (_isInComment)
            {
                _isInComment = !Stands(html, i, "-->");
            }
            else if (_isInTag)
            {
                ReadTag(html, i);
            }
            else if (_raw is not null ? Stands(html, i, "</" + _raw) : html[i] == '<' && i + 1 < html.Length)
            {
                _isInComment = _raw is null && Stands(html, i, "<!--");
                _isInTag = !_isInComment && (char.IsAsciiLetter(html[i + 1]) || html[i + 1] is '/' or '!' or '{');
                (_nameStart, _quote, _raw) = (i + 1, '\0', null);
            }
        }
    }

    private void ReadTag(string html, int i)
    {
        if (_quote != '\0')
        {
            _quote = html[i] == _quote ? '\0' : _quote;
        }
        else if (html[i] is '"' or '\'')
        {
            _quote = html[i];
        }
        else if (html[i] == '>')
        {
            _isInTag = false;
            _raw = RawElements.FirstOrDefault(name => Stands(html, _nameStart, name)
                && _nameStart + name.Length < html.Length && !char.IsAsciiLetterOrDigit(html[_nameStart + name.Length]));
        }
    }

    private static bool Stands(string html, int at, string what) =>
        string.Compare(html, at, what, 0, what.Length, StringComparison.OrdinalIgnoreCase) == 0;
}

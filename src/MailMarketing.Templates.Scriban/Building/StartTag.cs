namespace MailMarketing.Templates.Scriban;

/// <summary>A start tag as it stands in HTML, with the places of its attributes.</summary>
internal sealed class StartTag
{
    private readonly string _html;
    private readonly Dictionary<string, (int Start, int End)> _values = new(StringComparer.OrdinalIgnoreCase);

    private StartTag(string html) => _html = html;

    /// <summary>Behind the element's name.</summary>
    public int NameEnd { get; private set; }

    /// <summary>Behind its last character.</summary>
    public int End { get; private set; }

    public IEnumerable<string> Attributes => _values.Keys;

    public static StartTag At(string html, int index)
    {
        var tag = new StartTag(html);
        var at = tag.Skip(index + 1, c => !IsSpace(c) && c is not ('>' or '/'));
        tag.NameEnd = at;
        while (true)
        {
            at = tag.Skip(at, c => IsSpace(c) || c == '/');
            if (at >= html.Length || html[at] == '>')
            {
                break;
            }

            var nameStart = at;
            at = tag.Skip(at + 1, c => !IsSpace(c) && c is not ('=' or '>' or '/'));
            var name = html[nameStart..at];
            var next = tag.Skip(at, IsSpace);
            if (next < html.Length && html[next] == '=')
            {
                at = tag.ReadValue(name, tag.Skip(next + 1, IsSpace));
            }
        }

        tag.End = Math.Min(at + 1, html.Length);
        return tag;
    }

    /// <summary>The value of an attribute as it is written, and where; null where there is none.</summary>
    public (string Value, int Start, int End)? Find(string attribute) =>
        _values.TryGetValue(attribute, out var place) ? (_html[place.Start..place.End], place.Start, place.End) : null;

    /// <summary>Whether a value that begins here stands in quotes.</summary>
    public bool IsQuoted(int start) => _html[start - 1] is '"' or '\'';

    private int ReadValue(string name, int start)
    {
        var quote = start < _html.Length && _html[start] is '"' or '\'' ? _html[start] : '\0';
        start += quote == '\0' ? 0 : 1;
        var end = Skip(start, quote == '\0' ? c => !IsSpace(c) && c != '>' : c => c != quote);
        _values.TryAdd(name, (start, end));
        return Math.Min(end + (quote == '\0' ? 0 : 1), _html.Length);
    }

    private int Skip(int at, Func<char, bool> isPart)
    {
        while (at < _html.Length && isPart(_html[at]))
        {
            at++;
        }

        return at;
    }

    private static bool IsSpace(char character) => character is ' ' or '\t' or '\r' or '\n' or '\f';
}

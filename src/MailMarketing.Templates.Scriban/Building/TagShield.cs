using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MailMarketing.Templates.Scriban;

/// <summary>
/// A template whose tags stand aside, so that a parser of HTML or Markdown leaves them alone: comments between elements, where nothing
/// moves them out of a table, and plain words elsewhere.
/// </summary>
internal sealed class TagShield
{
    private readonly string _source;
    private readonly Regex _marks;

    private TagShield(string source, bool isHtml)
    {
        _source = source;
        Tags = Tag.Of(source);
        var word = "qtag";
        while (source.Contains(word, StringComparison.OrdinalIgnoreCase))
        {
            word += "x";
        }

        _marks = new Regex($"<!--{word}c([0-9]+)z-->|{word}p([0-9]+)z", RegexOptions.CultureInvariant);
        var text = new StringBuilder(source.Length);
        var place = new HtmlPlace();
        var at = 0;
        for (var i = 0; i < Tags.Count; i++)
        {
            place.Read(source, at, Tags[i].Start);
            text.Append(source, at, Tags[i].Start - at);
            text.Append(isHtml && place.IsText ? $"<!--{word}c{i}z-->" : $"{word}p{i}z");
            at = Tags[i].End;
        }

        Text = text.Append(source, at, source.Length - at).ToString();
    }

    public IReadOnlyList<Tag> Tags { get; }

    /// <summary>The source with a mark for each tag.</summary>
    public string Text { get; }

    public static TagShield OfHtml(string source) => new(source, isHtml: true);

    public static TagShield OfMarkdown(string source) => new(source, isHtml: false);

    /// <summary>The pieces of a text: literal, or one of <see cref="Tags"/>.</summary>
    public IEnumerable<(string Literal, Tag? Tag)> Split(string text)
    {
        var at = 0;
        foreach (Match match in _marks.Matches(text))
        {
            yield return (text[at..match.Index], null);
            yield return ("", TagOf(match));
            at = match.Index + match.Length;
        }

        yield return (text[at..], null);
    }

    /// <summary>The tag that a comment's text is the mark of; null for a comment of the author's.</summary>
    public Tag? TagOfComment(string comment) => _marks.Match($"<!--{comment}-->") is { Success: true, Index: 0 } match ? TagOf(match) : null;

    /// <summary>Whether a tag stands in a text.</summary>
    public bool HasTag(string text) => _marks.IsMatch(text);

    /// <summary>The text with the tags back in place.</summary>
    public string Restore(string text) => _marks.Replace(text, match => TagOf(match) is { } tag ? _source[tag.Start..tag.End] : match.Value);

    /// <summary>A tag as it was written.</summary>
    public string Written(Tag tag) => _source[tag.Start..tag.End];

    private Tag? TagOf(Match match)
    {
        var digits = match.Groups[1].Success ? match.Groups[1].Value : match.Groups[2].Value;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var i) && i < Tags.Count ? Tags[i] : null;
    }
}

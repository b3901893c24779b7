using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace MailMarketing.Templates.Scriban;

/// <summary>Changes pieces of an HTML template, and leaves every other byte as its author wrote it.</summary>
internal sealed class HtmlEdits : IDisposable
{
    private readonly SortedDictionary<int, (int Length, string Text)> _edits = [];

    public HtmlEdits(string html)
    {
        Shield = TagShield.OfHtml(html);
        Document = DeepStack.Run(() => new HtmlParser(new HtmlParserOptions { IsKeepingSourceReferences = true }).ParseDocument(Shield.Text));
        Elements = [.. Document.All.Where(element => IndexOf(element) >= 0)];
    }

    public TagShield Shield { get; }

    public IHtmlDocument Document { get; }

    /// <summary>The elements that the author wrote; the parser adds some of its own.</summary>
    public IReadOnlyList<IElement> Elements { get; }

    /// <summary>The start tag of one of <see cref="Elements"/>.</summary>
    public StartTag StartOf(IElement element) => StartTag.At(Shield.Text, IndexOf(element));

    /// <summary>Where one of <see cref="Elements"/> begins; -1 for others.</summary>
    public static int IndexOf(IElement element) => element.SourceReference?.Position.Index ?? -1;

    public void Replace(int start, int end, string text) => _edits[start] = (end - start, text);

    /// <summary>The HTML with all changes.</summary>
    public string Apply()
    {
        var result = new StringBuilder();
        var at = 0;
        foreach (var (start, (length, text)) in _edits)
        {
            result.Append(Shield.Text, at, start - at).Append(text);
            at = start + length;
        }

        return Shield.Restore(result.Append(Shield.Text, at, Shield.Text.Length - at).ToString());
    }

    public void Dispose() => Document.Dispose();
}

using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace MailMarketing.Templates.Scriban;

/// <summary>Makes a text template of an HTML template: the same tags, in the same order, around words alone.</summary>
internal sealed class TextFromHtml
{
    private static readonly HashSet<string> Blocks = new(StringComparer.Ordinal)
    {
        "p", "table", "ul", "ol", "dl", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    };

    private static readonly HashSet<string> Lines = new(StringComparer.Ordinal)
    {
        "div", "tr", "li", "dt", "dd", "section", "article", "header", "footer", "main", "nav", "address", "figure", "figcaption", "center",
        "form", "fieldset", "tbody", "thead", "tfoot", "caption",
    };

    private static readonly HashSet<string> Unseen = new(StringComparer.Ordinal)
    {
        // The head has nothing to print, but may give a variable its value.
        "head", "style", "script", "template", "noscript", "title", "meta", "link", "svg", "object", "iframe",
    };

    private const string TrimLines = "{{ trim_lines }}";

    private readonly TagShield _shield;
    private readonly PlainText _text = new();
    private readonly Dictionary<IElement, int> _numbers = [];

    private TextFromHtml(TagShield shield) => _shield = shield;

    /// <summary>The text template; null where the HTML's tags do not survive without their elements.</summary>
    public static string? Of(string html)
    {
        if (HtmlDepth.IsTooDeep(html))
        {
            return null;
        }

        var shield = TagShield.OfHtml(html);
        var text = DeepStack.Run(() =>
        {
            var writer = new TextFromHtml(shield);
            using var document = new HtmlParser().ParseDocument(shield.Text);

            writer.Children(document);
            return writer._text.ToString();
        });

        // What stands first may be left out for a recipient, and its lines with it.
        text = text.StartsWith("{{", StringComparison.Ordinal) ? TrimLines + text : text;
        return ScribanParser.Parse(new PartText(TemplateParts.Text, text), CheckScope.Nothing) is (not null, []) && Agree(html, text) ? text : null;
    }

    private void Children(INode? node)
    {
        foreach (var child in node?.ChildNodes ?? Enumerable.Empty<INode>())
        {
            switch (child)
            {
                case IText words:
                    Write(words.Data);
                    break;
                case IComment comment when _shield.TagOfComment(comment.Data) is { } tag:
                    Write(tag, node as IElement);
                    break;
                case IElement element:
                    Element(element);
                    break;
            }
        }
    }

    private void Element(IElement element)
    {
        var name = element.LocalName;
        if (Unseen.Contains(name) || IsHidden(element))
        {
            Silent(element);
            return;
        }

        var lines = Blocks.Contains(name) ? 2 : Lines.Contains(name) || name == "br" ? 1 : 0;
        lines = lines == 2 && element.ParentElement?.LocalName is "li" or "td" ? 1 : lines;
        _text.Lines(name == "br" ? 0 : lines);
        switch (name)
        {
            case "a":
                Link(element);
                break;
            case "img":
                Write(element.GetAttribute("alt") ?? "");
                break;
            case "li":
                _text.Piece(Bullet(element));
                Children(element);
                break;
            case "hr":
                _text.Piece("---");
                break;
            default:
                Children(element);
                break;
        }

        if (name is "td" or "th")
        {
            _text.Words(" ");
        }

        _text.Lines(lines);
    }

    private void Link(IElement element)
    {
        var before = _text.Length;
        Children(element);
        var written = _text.Since(before).Trim();
        var address = element.GetAttribute("href")?.Trim() ?? "";
        var shown = _shield.Restore(address);
        if (address.Length == 0 || address[0] == '#' || written == shown || "mailto:" + written == shown || "tel:" + written == shown)
        {
            return;
        }

        _text.Piece(written.Length == 0 ? "" : " (");
        Write(address);
        _text.Piece(written.Length == 0 ? "" : ")");
    }

    // In a list that a template repeats, nobody knows the number.
    private string Bullet(IElement item)
    {
        if (item.ParentElement is not { LocalName: "ol" } list || list.ChildNodes.OfType<IComment>().Any())
        {
            return "- ";
        }

        var number = _numbers[list] = _numbers.GetValueOrDefault(list) + 1;
        return $"{number}. ";
    }

    private void Write(string words)
    {
        foreach (var (literal, tag) in _shield.Split(words))
        {
            if (tag is not null)
            {
                Write(tag, null);
                continue;
            }

            // An author's own braces, written as entities, must not become a tag.
            var pieces = literal.Split("{{");
            for (var i = 0; i < pieces.Length; i++)
            {
                if (i > 0)
                {
                    _text.Piece("{{ '{{' }}");
                }

                _text.Words(pieces[i]);
            }
        }
    }

    private void Write(Tag tag, IElement? parent)
    {
        var written = _shield.Written(tag);
        if (!tag.IsSilent)
        {
            _text.Piece(written);
            return;
        }

        if (tag.Word is "for" or "while" && parent?.LocalName is "ul" or "ol" or "table" or "tbody" or "tr")
        {
            _text.BeforeRepetition();
        }

        _text.Silent(written);
    }

    /// <summary>What gives values or opens and closes blocks stays, though nothing of it is shown.</summary>
    private void Silent(IElement? element)
    {
        foreach (var (_, tag) in _shield.Split(element?.OuterHtml ?? ""))
        {
            if (tag is { IsSilent: true })
            {
                _text.Silent(_shield.Written(tag));
            }
        }
    }

    private static bool IsHidden(IElement element)
    {
        var style = (element.GetAttribute("style") ?? "").Replace(" ", "", StringComparison.Ordinal);
        return element.HasAttribute("hidden") || style.Contains("display:none", StringComparison.OrdinalIgnoreCase)
            || style.Contains("visibility:hidden", StringComparison.OrdinalIgnoreCase)
            || style.Contains("mso-hide:all", StringComparison.OrdinalIgnoreCase);
    }

    // A tag lost with an attribute may have been one that the rest needs.
    private static bool Agree(string html, string text) => Depth(html) == Depth(text);

    private static int Depth(string source) => Tag.Of(source).Sum(tag => tag.Depth);
}

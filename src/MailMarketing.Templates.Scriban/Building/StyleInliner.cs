using AngleSharp.Css.Dom;
using AngleSharp.Css.Parser;
using AngleSharp.Dom;

namespace MailMarketing.Templates.Scriban;

/// <summary>Writes the rules of style sheets into the elements they choose, since many mail programs read no style sheets.</summary>
internal sealed class StyleInliner
{
    // More comparisons than this would make saving slow; nobody writes such an email by hand.
    private const int MostComparisons = 2_000_000;

    private static readonly string[] Choosing = ["class", "id"];

    private readonly HtmlEdits _edits;
    private readonly CssSelectorParser _parser = new();
    private readonly List<(ISelector Selector, IReadOnlyList<(string Property, string Value)> Declarations)> _rules = [];

    private StyleInliner(HtmlEdits edits) => _edits = edits;

    /// <summary>The HTML with its rules in the elements; what cannot stand there (such as @media and :hover) stays.</summary>
    public static string Inline(string html)
    {
        if (!html.Contains("<style", StringComparison.OrdinalIgnoreCase))
        {
            return html;
        }

        using var edits = new HtmlEdits(html);
        var inliner = new StyleInliner(edits);
        inliner.TakeRules();
        return (long)inliner._rules.Count * edits.Elements.Count <= MostComparisons && inliner.WriteStyles() ? edits.Apply() : html;
    }

    private void TakeRules()
    {
        // A class that only a recipient's data decide may need any rule.
        var keepsAll = _edits.Elements.Any(element => Choosing.Any(name => _edits.Shield.HasTag(element.GetAttribute(name) ?? "")));
        foreach (var sheet in _edits.Elements.Where(element => element.LocalName == "style" && element.GetAttribute("media") is null or "all"))
        {
            var tag = _edits.StartOf(sheet);
            var end = tag.End + sheet.TextContent.Length;
            if (end > _edits.Shield.Text.Length || _edits.Shield.Text[tag.End..end] != sheet.TextContent || IsConditional(HtmlEdits.IndexOf(sheet)))
            {
                continue;
            }

            var kept = CssRule.Parse(sheet.TextContent).Select(rule => Take(rule, keepsAll)).OfType<string>().ToList();
            _edits.Replace(tag.End, end, kept.Count == 0 ? "" : $"\n{string.Join('\n', kept)}\n");
        }
    }

    /// <summary>What must stay of a rule; null where all of it can be written into elements.</summary>
    private string? Take(CssRule rule, bool keepsAll)
    {
        if (rule.Selector is null || _edits.Shield.HasTag(rule.Written))
        {
            return rule.Written;
        }

        var left = new List<string>();
        foreach (var written in CssRule.Pieces(rule.Selector, ',').Select(one => one.Trim()))
        {
            // States are the reader's, and places among siblings may be the recipient's.
            if (written.AsSpan().IndexOfAny(":+~*") >= 0 || _parser.ParseSelector(written) is not { } selector)
            {
                left.Add(written);
            }
            else
            {
                _rules.Add((selector, rule.Declarations));
            }
        }

        return keepsAll ? rule.Written : left.Count == 0 ? null
            : $"{string.Join(", ", left)} {{ {string.Join("; ", rule.Declarations.Select(one => $"{one.Property}: {one.Value}"))} }}";
    }

    private bool WriteStyles()
    {
        foreach (var element in _edits.Elements.Where(element => element.LocalName is not ("head" or "style" or "script" or "title" or "meta" or "link" or "html")))
        {
            var matching = _rules.Select((rule, order) => (rule, order)).Where(one => one.rule.Selector.Match(element, null))
                .OrderBy(one => one.rule.Selector.Specificity).ThenBy(one => one.order)
                .SelectMany(one => one.rule.Declarations).ToList();
            if (matching.Count > 0 && !Write(element, matching))
            {
                return false;
            }
        }

        return true;
    }

    private bool Write(IElement element, List<(string Property, string Value)> matching)
    {
        var tag = _edits.StartOf(element);
        var own = tag.Find("style");
        if (own is { } found && !tag.IsQuoted(found.Start))
        {
            return false;
        }

        var ownDeclarations = CssRule.DeclarationsOf(own?.Value ?? "");
        var before = Last(matching.Where(one => !IsImportant(one.Value))
            .Where(one => !ownDeclarations.Any(mine => Same(mine.Property, one.Property))));
        var after = Last(matching.Where(one => IsImportant(one.Value)));
        var style = string.Join(';', new[] { before, own?.Value.Trim().TrimEnd(';') ?? "", after }.Where(part => part.Length > 0));
        if (own is var (_, start, end))
        {
            _edits.Replace(start, end, style);
        }
        else
        {
            _edits.Replace(tag.NameEnd, tag.NameEnd, $" style=\"{style}\"");
        }

        return true;
    }

    /// <summary>The declarations that count: of each property the last.</summary>
    private static string Last(IEnumerable<(string Property, string Value)> declarations)
    {
        var kept = new List<(string Property, string Value)>();
        foreach (var one in declarations)
        {
            kept.RemoveAll(other => Same(other.Property, one.Property));
            kept.Add(one);
        }

        // Whichever quotes the attribute stands in, these are others.
        return string.Join(';', kept.Select(one => $"{one.Property}:{HtmlText.Escape(one.Value)}"));
    }

    private bool IsConditional(int index) => _edits.Shield.Split(_edits.Shield.Text[..index]).Sum(piece => piece.Tag?.Depth ?? 0) > 0;

    private static bool IsImportant(string value) => value.EndsWith("!important", StringComparison.OrdinalIgnoreCase);

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}

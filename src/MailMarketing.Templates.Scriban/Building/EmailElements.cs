using System.Net;
using AngleSharp.Dom;

namespace MailMarketing.Templates.Scriban;

/// <summary>
/// Refuses what mail programs take out of an email, and what would run where a browser shows one: elements that are not on a list of those
/// that emails are made of, attributes that listen, and addresses that are a script.
/// </summary>
internal static class EmailElements
{
    private static readonly HashSet<string> Elements = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "abbr", "acronym", "address", "area", "article", "aside", "audio", "b", "bdi", "bdo", "big", "blockquote", "body", "br", "caption",
        "center", "cite", "code", "col", "colgroup", "data", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font",
        "footer", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "i", "img", "ins", "kbd", "li", "link", "main", "map", "mark",
        "meta", "nav", "nobr", "ol", "p", "picture", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "source", "span", "strike",
        "strong", "style", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "title", "tr", "tt", "u", "ul", "var",
        "video", "wbr",
    };

    // Of Outlook, which draws buttons and backgrounds with them
    private static readonly string[] Prefixes = ["o:", "v:", "w:"];

    private static readonly string[] Addresses = ["href", "src", "action", "formaction", "background", "poster", "data", "cite", "longdesc", "xlink:href"];
    private static readonly string[] Scripts = ["javascript", "vbscript", "data"];
    private static readonly string[] Pictures = ["data:image/png", "data:image/gif", "data:image/jpeg", "data:image/webp"];

    /// <summary>The mistakes of an HTML part, in order.</summary>
    public static List<TemplateMistake> Judge(PartText html)
    {
        using var edits = new HtmlEdits(html.Text);
        return [.. edits.Elements.OrderBy(HtmlEdits.IndexOf).SelectMany(element => Judge(element, edits)
            .Select(message => html.At(edits.Shield.Restore(edits.Shield.Text[..HtmlEdits.IndexOf(element)]).Length, message)))];
    }

    private static IEnumerable<string> Judge(IElement element, HtmlEdits edits)
    {
        var name = element.LocalName;
        if (edits.Shield.HasTag(name))
        {
            yield return "Write the name of an element out; what stands in `{{ }}` cannot be one.";
        }
        else if (!IsAllowed(element, name))
        {
            yield return $"Mail programs take `<{name}>` out of an email; leave it out, or link to a page that has it.";
        }

        foreach (var attribute in element.Attributes)
        {
            if (attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) && attribute.Name.Length > 2)
            {
                yield return $"Mail programs take `{attribute.Name}` out of an email; leave it out.";
            }
            else if (Addresses.Contains(attribute.Name, StringComparer.OrdinalIgnoreCase) && IsScript(edits.Shield.Split(attribute.Value).First().Literal))
            {
                yield return $"The address in `{attribute.Name}` is a script or a document of its own, which mail programs take out; begin it with https.";
            }
        }
    }

    private static bool IsAllowed(IElement element, string name) => name switch
    {
        // Data of the email itself for the mail program, such as the order that it confirms; it does not run
        "script" => element.GetAttribute("type") == "application/ld+json",
        "meta" => !string.Equals(element.GetAttribute("http-equiv"), "refresh", StringComparison.OrdinalIgnoreCase),
        _ => Elements.Contains(name) || Array.Exists(Prefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)),
    };

    private static bool IsScript(string address)
    {
        // Browsers drop white space and control characters wherever they stand in a scheme
        var plain = string.Concat(WebUtility.HtmlDecode(address).Where(character => character > ' ' && !char.IsControl(character)));
        var scheme = plain[..Math.Max(0, plain.IndexOf(':', StringComparison.Ordinal))];
        return Scripts.Contains(scheme, StringComparer.OrdinalIgnoreCase)
            && !Array.Exists(Pictures, picture => plain.StartsWith(picture, StringComparison.OrdinalIgnoreCase));
    }
}

using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace MailMarketing;

/// <summary>What there is to look at in an email's HTML.</summary>
/// <param name="Links">The addresses of links, as written.</param>
/// <param name="Images">The images that people see: their addresses, and whether they have an alternative text.</param>
/// <param name="Places">The places that links within the email may name.</param>
/// <param name="Letters">How much text is to be seen, white space left out.</param>
internal sealed record EmailHtml(
    IReadOnlyList<string> Links, IReadOnlyList<(string Address, bool HasText)> Images, IReadOnlySet<string> Places, int Letters)
{
    private static readonly string[] Unseen = ["style", "script", "title"];

    /// <summary>Reads HTML tag by tag: no tree, which could be made deeper than a stack.</summary>
    public static EmailHtml Of(string html)
    {
        var links = new List<string>();
        var images = new List<(string, bool)>();
        var places = new HashSet<string>(StringComparer.Ordinal);
        var letters = 0;
        using var source = new TextSource(html);
        using var tokens = new HtmlTokenizer(source, HtmlEntityProvider.Resolver);
        string? within = null;
        for (var token = tokens.Get(); token.Type != HtmlTokenType.EndOfFile; token = tokens.Get())
        {
            if (token.Type == HtmlTokenType.Character)
            {
                letters += within is null ? token.Data.Count(c => !char.IsWhiteSpace(c)) : 0;
            }
            else if (token is HtmlTagToken { Type: HtmlTokenType.StartTag } tag)
            {
                within = Unseen.Contains(tag.Name) ? tag.Name : null;
                tokens.State = within switch
                {
                    null => HtmlParseMode.PCData,
                    "script" => HtmlParseMode.Script,
                    "title" => HtmlParseMode.RCData,
                    _ => HtmlParseMode.Rawtext,
                };
                Take(tag);
            }
            else if (token.Type == HtmlTokenType.EndTag)
            {
                within = null;
            }
        }

        return new EmailHtml(links, images, places, letters);

        void Take(HtmlTagToken tag)
        {
            if (tag.Name is "a" or "area" && Find(tag, "href") is { } href)
            {
                links.Add(href);
            }

            if (tag.Name == "img" && !IsPixel(tag))
            {
                images.Add((Find(tag, "src") ?? "", Find(tag, "alt") is not null));
            }

            places.UnionWith(new[] { Find(tag, "id"), tag.Name == "a" ? Find(tag, "name") : null }.OfType<string>());
        }
    }

    private static string? Find(HtmlTagToken tag, string name) =>
        tag.Attributes.Where(attribute => attribute.Name == name).Select(attribute => attribute.Value).FirstOrDefault();

    // Nobody sees those that count openings
    private static bool IsPixel(HtmlTagToken tag) => Find(tag, "width") is "0" or "1" || Find(tag, "height") is "0" or "1";
}

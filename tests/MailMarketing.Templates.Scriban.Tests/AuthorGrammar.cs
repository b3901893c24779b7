using FsCheck;
using FsCheck.Fluent;

namespace MailMarketing.Templates.Scriban.Tests;

/// <summary>Templates as an author may write them for the catalogue's contacts; names and questions are now and then wrong.</summary>
internal static class AuthorGrammar
{
    private static readonly string[] Values =
    [
        "email", "name", "first_name", "attributes.city", "attributes.plan", "attributes['plan']", "attributes.points",
        "attributes.score", "attributes.home.street", "attributes.home.zip", "attributes.work.zip", "attributes.tags[0]",
        "attributes.orders[0].title", "attributes.orders[0].note", "attributes.free.anything", "attributes.extra.anything",
        "attributes.nope", "attributes.city.nope", "x", "y", "$z", "tag", "order.title", "order.note", "for.index", "'words'", "7",
        "nope",
    ];

    private static readonly string[] Conditions =
    [
        "attributes.vip", "attributes.plan", "!attributes.plan", "attributes.plan == 'gold'", "attributes.plan != 'gold'",
        "attributes.home", "attributes.plan == null", "attributes.plan != null", "attributes.score > 1", "attributes.score < 9",
        "attributes.plan && attributes.home", "attributes.plan || attributes.vip", "!attributes.plan || !attributes.home",
        "attributes.home.zip", "x", "first_name", "(attributes.plan | string.size) > 2", "attributes.work.zip ? true : false",
        "attributes.tags contains 'a'", "order.note", "true",
    ];

    private static readonly string[] Stages =
        ["string.upcase", "string.append '!'", "string.size", "object.default 'd'", "raw", "html.escape", "string.slice 0 3"];

    public static Gen<string> Template { get; } = Pieces(3);

    private static Gen<string> Pieces(int depth) =>
        Gen.Choose(1, 4).SelectMany(count => Gen.ListOf(depth > 0 ? Gen.Frequency((3, Leaf), (2, Block(depth - 1))) : Leaf, count))
            .Select(string.Concat);

    private static Gen<string> Leaf => Gen.Frequency(
        (1, Gen.Constant("<p>text</p>")),
        (4, Expression.Select(code => $"{{{{ {code} }}}}")),
        (2, from name in Gen.Elements("x", "y", "$z") from code in Expression select $"{{{{ {name} = {code} }}}}"),
        (1, from name in Gen.Elements("x", "y") from code in Expression
            select $"{{{{ capture {name} }}}}{{{{ {code} }}}}{{{{ end }}}}"));

    private static Gen<string> Expression => Gen.Frequency(
        (4, Gen.Elements(Values)),
        (2, Gen.Elements(Values).Select(value => $"{value} ?? 'none'")),
        (1, from value in Gen.Elements(Values) from stage in Gen.Elements(Stages) select $"{value} | {stage}"),
        (1, from value in Gen.Elements(Values) from stage in Gen.Elements(Stages) select $"({value} ?? '') | {stage}"),
        (1, from asked in Gen.Elements(Conditions) from a in Gen.Elements(Values) from b in Gen.Elements(Values)
            select $"{asked} ? {a} : {b}"));

    private static Gen<string> Block(int depth) => Gen.Frequency(
        (3, from asked in Gen.Elements(Conditions) from a in Pieces(depth) select $"{{{{ if {asked} }}}}{a}{{{{ end }}}}"),
        (3, from asked in Gen.Elements(Conditions) from a in Pieces(depth) from b in Pieces(depth)
            select $"{{{{ if {asked} }}}}{a}{{{{ else }}}}{b}{{{{ end }}}}"),
        (1, from a in Pieces(depth) from b in Pieces(depth)
            select $"{{{{ case attributes.city }}}}{{{{ when 'Ulm' }}}}{a}{{{{ else }}}}{b}{{{{ end }}}}"),
        (2, from list in Gen.Elements("tag in attributes.tags", "order in attributes.orders", "x in 1..2") from a in Pieces(depth)
            select $"{{{{ for {list} }}}}{a}{{{{ end }}}}"));
}

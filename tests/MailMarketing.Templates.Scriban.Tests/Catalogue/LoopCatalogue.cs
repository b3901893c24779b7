namespace MailMarketing.Templates.Scriban.Tests.Catalogue;

public sealed class LoopCatalogue
{
    [Theory]
    [InlineData("{{ for tag in attributes.tags }}{{ tag }}{{ end }}")]
    [InlineData("{{ for order in attributes.orders }}{{ order.title }}: {{ order.price | format_money 'EUR' }}{{ end }}")]
    [InlineData(
        "{{ for order in attributes.orders }}{{ order.titel }}{{ end }}",
        "error 1:40 `order` has no member `titel` … Did you mean `order.title`?")]
    [InlineData("{{ for order in attributes.orders }}{{ order.note }}{{ end }}", "warning 1:40 `order.note` may be empty")]
    [InlineData("{{ for order in attributes.orders }}{{ order.note ?? '-' }}{{ end }}")]
    [InlineData("{{ for order in attributes.orders }}{{ for size in order.sizes }}{{ size }}{{ end }}{{ end }}")]
    [InlineData("{{ for order in attributes.orders }}{{ order }}{{ end }}", "warning 1:40 `order` has members and no text of its own")]
    [InlineData("{{ for x in attributes.city }}{{ x }}{{ end }}", "warning 1:4 `attributes.city` is a text and no list")]
    [InlineData("{{ for x in attributes.points }}{{ x }}{{ end }}", "warning 1:4 `attributes.points` is a number and no list")]
    [InlineData("{{ for x in 1..3 }}{{ x }}{{ for.index }}{{ end }}")]
    [InlineData("{{ for x in nope }}{{ x }}{{ end }}", "error 1:13 There is no field or function `nope`")]
    [InlineData("{{ for x in attributes.tags }}{{ x }}{{ else }}none{{ end }}")]
    [InlineData("{{ for x in attributes.tags }}{{ break }}never{{ end }}", "warning 1:42 Nothing after `break` is reached")]
    [InlineData("{{ for x in attributes.tags }}{{ continue }}\nnever{{ end }}", "warning 1:45 Nothing after `continue` is reached")]
    [InlineData("{{ for x in attributes.tags limit: 2 }}{{ x }}{{ end }}")]
    [InlineData(
        "{{ for x in attributes.tags }}{{ x }}",
        "error 1:36 Error while parsing for statement: The <end> statement was not found in:")]
    [InlineData("{{ while false }}x{{ end }}")]
    [InlineData("{{ for x in attributes.tags }}{{ end }}{{ x }}", "error 1:43 `x` has no value here")]
    [InlineData("{{ tablerow x in attributes.tags }}{{ x }}{{ end }}", "error 1:4 `tablerow` is not available in emails")]
    [InlineData("{{ for x in attributes.orders }}{{ if x.note }}{{ x.note }}{{ end }}{{ end }}")]
    public void Loops_go_through_lists(string html, params string[] mistakes) => Expect.Says(html, mistakes);
}

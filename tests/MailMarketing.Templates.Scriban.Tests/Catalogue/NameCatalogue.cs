namespace MailMarketing.Templates.Scriban.Tests.Catalogue;

public sealed class NameCatalogue
{
    [Theory]
    [InlineData("{{ email }}")]
    [InlineData("{{ id }} {{ user_id }} {{ unsubscribe_url }} {{ preferences_url }} {{ view_url }}")]
    [InlineData("{{ attributes.city }}")]
    [InlineData("{{ attributes['city'] }}")]
    [InlineData("{{ x = 1 }}{{ x }}")]
    [InlineData("{{ $x = 1 }}{{ $x }}")]
    [InlineData("{{ nope }}", "error 1:4 There is no field or function `nope`")]
    [InlineData("a\nb\n  {{ nope }}", "error 3:6 There is no field or function `nope`")]
    [InlineData("{{ emial }}", "error 1:4 There is no field or function `emial` … Did you mean `email`?")]
    [InlineData("{{ frist_name ?? 'x' }}", "error 1:4 There is no field or function `frist_name` … Did you mean `first_name`?")]
    [InlineData("{{ unsubscribeurl }}", "error 1:4 There is no field or function `unsubscribeurl` … Did you mean `unsubscribe_url`?")]
    [InlineData("{{ contact.name }}", "error 1:4 There is no field or function `contact`")]
    [InlineData("{{ attributes.citty }}", "error 1:4 `attributes` has no member `citty` … Did you mean `attributes.city`?")]
    [InlineData("{{ attributes['citty'] }}", "error 1:4 `attributes` has no member `citty` … Did you mean `attributes.city`?")]
    [InlineData(
        "{{ attributes.work.streat }}",
        "error 1:4 `attributes.work` has no member `streat` … Did you mean `attributes.work.street`?")]
    [InlineData(
        "{{ attributes.orders[0].titel }}",
        "error 1:4 `attributes.orders[0]` has no member `titel` … Did you mean `attributes.orders[0].title`?")]
    [InlineData("{{ attributes.city.length }}", "error 1:4 `attributes.city` is a text and has no member `length`")]
    [InlineData("{{ email.length }}", "error 1:4 `email` is a text and has no member `length`")]
    [InlineData("{{ $nope }}", "error 1:4 Nothing in this template gives `$nope` a value")]
    [InlineData("{{ email = 'x' }}", "error 1:4 `email` cannot be given another meaning")]
    [InlineData("{{ capture email }}x{{ end }}", "error 1:12 `email` cannot be given another meaning")]
    [InlineData("{{ string = 1 }}", "error 1:4 `string` cannot be given another meaning")]
    [InlineData("{{ for email in attributes.tags }}{{ email }}{{ end }}")]
    [InlineData("{{ nope ?? 'x' }}", "error 1:4 There is no field or function `nope`")]
    [InlineData("{{ if nope }}x{{ end }}", "error 1:7 There is no field or function `nope`")]
    [InlineData("{{ nope | string.upcase }}", "error 1:4 There is no field or function `nope`")]
    [InlineData("{{ \"nope\" | string.upcase }}")]
    [InlineData("{{ attributes.extra.anything }}")]
    [InlineData("{{ attributes.free.anything ?? 'x' }}")]
    [InlineData("{{ attributes.points = 1 }}", "error 1:4 `attributes.points` cannot be changed by a template")]
    [InlineData("{{ Email }}", "error 1:4 There is no field or function `Email` … Did you mean `email`?")]
    [InlineData("{{ nope.deeper.still }}", "error 1:4 There is no field or function `nope`")]
    [InlineData("{{ this }}", "error 1:4 `this` is not available in emails")]
    [InlineData("{{ include }}", "error 1:4 `include` stands at the start of a tag of its own, with a name in quotes")]
    [InlineData("{{ import attributes }}", "error 1:4 `import` is not available in emails")]
    [InlineData(
        "{{ nope1 }} {{ nope2 }}",
        "error 1:4 There is no field or function `nope1`",
        "error 1:16 There is no field or function `nope2`")]
    public void Names_are_known_or_told(string html, params string[] mistakes) => Expect.Says(html, mistakes);
}

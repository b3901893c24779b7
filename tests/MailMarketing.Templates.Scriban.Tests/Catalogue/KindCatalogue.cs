namespace MailMarketing.Templates.Scriban.Tests.Catalogue;

public sealed class KindCatalogue
{
    [Theory]
    [InlineData("{{ attributes.tags }}", "warning 1:4 `attributes.tags` is a list")]
    [InlineData("{{ attributes.work }}", "warning 1:4 `attributes.work` has members and no text of its own")]
    [InlineData("{{ attributes.vip }}", "warning 1:4 `attributes.vip` prints `true` or `false`")]
    [InlineData("{{ attributes.birthday }}", "warning 1:4 `attributes.birthday` prints as it is stored, such as 2026-12-31")]
    [InlineData("{{ attributes.birthday | format_date }}")]
    [InlineData("{{ attributes.points }}")]
    [InlineData("{{ attributes.points + 1 }}")]
    [InlineData("{{ attributes.city - 1 }}", "warning 1:4 `attributes.city - 1` calculates with a text")]
    [InlineData("{{ attributes.city * 2 }}")]
    [InlineData("{{ attributes.points / 2 }}")]
    [InlineData("{{ attributes.birthday - 1 }}", "warning 1:4 `attributes.birthday - 1` calculates with a text")]
    [InlineData(
        "{{ attributes.city == 1 }}",
        "warning 1:4 `attributes.city==1` compares a text with a number, which are never the ",
        "warning 1:4 `attributes.city==1` prints `true` or `false`")]
    [InlineData(
        "{{ if attributes.city == 1 }}x{{ end }}",
        "warning 1:7 `attributes.city==1` compares a text with a number, which are never the ")]
    [InlineData(
        "{{ if attributes.points == 'x' }}x{{ end }}",
        "warning 1:7 `attributes.points=='x'` compares a text with a number, which are never ")]
    [InlineData("{{ if attributes.points == 1 }}x{{ end }}")]
    [InlineData("{{ attributes.city | math.round 1 }}", "warning 1:22 `math.round` gets a text here, which it does not work on")]
    [InlineData("{{ attributes.city | string.to_double | math.round 1 }}")]
    [InlineData("{{ attributes.tags | string.upcase }}", "warning 1:22 `string.upcase` gets a list here, which it does not work on")]
    [InlineData("{{ attributes.city | array.size }}", "warning 1:22 `array.size` gets a text here, which it does not work on")]
    [InlineData("{{ attributes.tags | array.size }}")]
    [InlineData("{{ attributes.tags | array.join ', ' }}")]
    [InlineData("{{ attributes.vip ? 'yes' : 'no' }}")]
    [InlineData("{{ x = attributes.tags }}{{ x }}", "warning 1:29 `x` is a list")]
    [InlineData("{{ [1, 2] }}", "warning 1:4 `[1,2]` is a list")]
    [InlineData("{{ { a: 1 } }}", "warning 1:4 `{a:1}` has members and no text of its own")]
    [InlineData("{{ attributes.orders[0].price }}")]
    [InlineData("{{ attributes.orders[0].sizes }}", "warning 1:4 `attributes.orders[0].sizes` is a list")]
    [InlineData("{{ attributes.city == 'Ulm' }}", "warning 1:4 `attributes.city=='Ulm'` prints `true` or `false`")]
    [InlineData("{{ attributes.extra }}")]
    [InlineData("{{ segments }}", "warning 1:4 `segments` is a list")]
    [InlineData("{{ segments | array.join ', ' }}")]
    [InlineData("{{ if segments | array.contains 'VIP' }}x{{ end }}")]
    [InlineData("{{ segments.plan }}", "error 1:4 ")]
    [InlineData("{{ segments = [] }}", "error 1:4 `segments` cannot be given another meaning")]
    [InlineData("{{ if segment | array.contains 'VIP' }}x{{ end }}", "error 1:7 There is no field or function `segment`. … `segments`")]
    public void What_a_value_is_decides_what_can_be_done_with_it(string html, params string[] mistakes) => Expect.Says(html, mistakes);
}

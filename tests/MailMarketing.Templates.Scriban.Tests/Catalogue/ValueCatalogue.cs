namespace MailMarketing.Templates.Scriban.Tests.Catalogue;

public sealed class ValueCatalogue
{
    [Theory]
    [InlineData("{{ x }}{{ x = 1 }}", "error 1:4 `x` has no value here")]
    [InlineData(
        "{{ if attributes.vip }}{{ x = 1 }}{{ end }}{{ x }}",
        "warning 1:47 `x` has a value only where an `if` or a loop before was run")]
    [InlineData("{{ if attributes.vip }}{{ x = 1 }}{{ else }}{{ x = 2 }}{{ end }}{{ x }}")]
    [InlineData("{{ if attributes.vip }}{{ x = 1 }}{{ end }}{{ x ?? 0 }}")]
    [InlineData("{{ case attributes.city }}{{ when 'Ulm' }}{{ x = 1 }}{{ else }}{{ x = 2 }}{{ end }}{{ x }}")]
    [InlineData(
        "{{ case attributes.city }}{{ when 'Ulm' }}{{ x = 1 }}{{ end }}{{ x }}",
        "warning 1:66 `x` has a value only where an `if` or a loop before was run")]
    [InlineData(
        "{{ for a in attributes.tags }}{{ x = a }}{{ end }}{{ x }}",
        "warning 1:54 `x` has a value only where an `if` or a loop before was run")]
    [InlineData("{{ total = 0 }}{{ for o in attributes.orders }}{{ total = total + o.price }}{{ end }}{{ total }}")]
    [InlineData("{{ for.index }}", "error 1:4 `for` is known inside of a loop only")]
    [InlineData("{{ while.index }}", "error 1:4 `while` is known inside of a loop only")]
    [InlineData("{{ capture c }}{{ email }}{{ end }}{{ c }}")]
    [InlineData("{{ func f }}{{ y }}{{ end }}{{ y = 1 }}{{ f }}")]
    [InlineData("{{ f 1 }}{{ func f(a); ret a; end }}", "error 1:4 `f` has no value here")]
    [InlineData("{{ string.upcase = 'x' }}", "error 1:4 `string.upcase` cannot be changed by a template")]
    [InlineData("{{ attributes['points'] = 1 }}", "error 1:4 `attributes['points']` cannot be changed by a template")]
    [InlineData("{{ attributes.birthday.year }}", "error 1:4 `attributes.birthday` is a date and has no member `year`")]
    [InlineData("{{ (date.parse attributes.birthday).year }}")]
    [InlineData("{{ attributes.tags.first }}", "error 1:4 `attributes.tags` is a list and has no member `first`")]
    [InlineData("{{ attributes.tags.size }}")]
    [InlineData("{{ email.size }}")]
    [InlineData("{{ o = { a: 1 } }}{{ o.a }}")]
    [InlineData("{{ o = { a: 1 } }}{{ o.b }}", "error 1:22 `o` has no member `b` … Did you mean `o.a`?")]
    [InlineData("{{ o = { a: 1 } }}{{ o.b = 2 }}{{ o.b }}")]
    [InlineData("{{ i = 0 }}{{ while i < 3 }}{{ i = i + 1 }}{{ i }}{{ end }}")]
    [InlineData(
        "{{ $i = 1 }}{{ if attributes.vip }}{{ $j = 2 }}{{ end }}{{ $j }}",
        "warning 1:60 `$j` has a value only where an `if` or a loop before was run")]
    [InlineData("{{ attributes.tags[9] }}")]
    [InlineData("{{ attributes[email] }}", "warning 1:4 A contact without `attributes[email]` gets no email")]
    [InlineData("{{ case attributes.city }}{{ when 'Ulm' }}a{{ when 'Ulm' }}b{{ end }}", "warning 1:52 `'Ulm'` stood in a `when` before")]
    [InlineData("{{ x = 1 }}{{ x.y }}", "error 1:15 `x` is a number and has no member `y`")]
    [InlineData("{{ attributes.free.anything }}", "warning 1:4 A contact without `attributes.free.anything` gets no email")]
    [InlineData(
        "{{ if attributes.free }}{{ attributes.free.anything }}{{ end }}",
        "warning 1:28 A contact without `attributes.free.anything` gets no email")]
    [InlineData("{{ attributes.case }}", "error 1:4 `attributes` has no member `case`")]
    [InlineData("{{ if attributes.score < 5 }}{{ attributes.score }}{{ end }}")]
    [InlineData(
        "{{ if attributes.plan != 'x' }}{{ attributes.plan }}{{ end }}",
        "warning 1:35 A contact without `attributes.plan` gets no email")]
    [InlineData("{{ if attributes.plan == 'x' }}{{ attributes.plan }}{{ end }}")]
    [InlineData("{{ if attributes.plan != null }}{{ attributes.plan }}{{ end }}")]
    [InlineData("{{ if !attributes.plan || attributes.vip }}a{{ else }}{{ attributes.plan }}{{ end }}")]
    [InlineData("{{ if (attributes.plan | string.size) > 2 }}{{ attributes.plan }}{{ end }}")]
    [InlineData(
        "{{ if attributes.vip }}{{ else }}{{ attributes.plan }}{{ end }}",
        "warning 1:37 A contact without `attributes.plan` gets no email")]
    [InlineData("{{ o = { 'a': 1, b: [1] } }}{{ o.a }}{{ o.b }}", "warning 1:41 `o.b` is a list")]
    public void Variables_have_a_value_where_they_are_used(string html, params string[] mistakes) => Expect.Says(html, mistakes);
}

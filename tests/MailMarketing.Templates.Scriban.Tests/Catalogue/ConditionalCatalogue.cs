namespace MailMarketing.Templates.Scriban.Tests.Catalogue;

public sealed class ConditionalCatalogue
{
    [Theory]
    [InlineData("{{ if attributes.vip }}a{{ else }}b{{ end }}")]
    [InlineData("{{ if true }}a{{ else }}b{{ end }}", "warning 1:18 The condition is always `true`")]
    [InlineData("{{ if false }}a{{ end }}", "warning 1:13 The condition is always `false`")]
    [InlineData("{{ if false }}a{{ else }}b{{ end }}", "warning 1:13 The condition is always `false`")]
    [InlineData("{{ if attributes.vip }}a{{ else if attributes.vip }}b{{ end }}", "warning 1:33 `attributes.vip` was asked before")]
    [InlineData("{{ if attributes.points > 5 }}a{{ else if attributes.points > 1 }}b{{ else }}c{{ end }}")]
    [InlineData(
        "{{ if attributes.points > 5 }}a{{ else if attributes.points > 1 }}b{{ else if attributes.points > 5 }}c{{ end }}",
        "warning 1:76 `attributes.points>5` was asked before")]
    [InlineData("{{ case attributes.city }}{{ when 'Ulm' }}a{{ when 'Bonn' }}b{{ else }}c{{ end }}")]
    [InlineData(
        "{{ case attributes.city }}{{ when 'Ulm' }}a{{ when 'Bonn', 'Ulm' }}b{{ end }}",
        "warning 1:60 `'Ulm'` stood in a `when` before")]
    [InlineData("{{ if nope == 1 }}a{{ end }}", "error 1:7 There is no field or function `nope`")]
    [InlineData("{{ if attributes.vip }}a", "error 1:24 Error while parsing if statement: The <end> statement was not found in: ")]
    [InlineData("{{ end }}", "error 1:6 Error while parsing ScriptPage: Found <end> statement without a correspo")]
    [InlineData(
        "{{ else }}",
        "error 1:9 Error while parsing else statement: The <end> statement was not found in",
        "error 1:4 A else condition must be preceded by another if/else/when condition or a")]
    [InlineData("{{ if }}a{{ end }}", "error 1:7 Error while parsing if statement: Expecting <expression> instead of `}}`")]
    [InlineData("{{ if attributes.nope }}a{{ end }}", "error 1:7 `attributes` has no member `nope`")]
    [InlineData("{{ attributes.nope ? 1 : 2 }}", "error 1:4 `attributes` has no member `nope`")]
    [InlineData("{{ if attributes.vip && attributes.points > 3 }}a{{ end }}")]
    [InlineData("{{ ret }}never", "warning 1:10 Nothing after `ret` is reached")]
    [InlineData("{{ if attributes.vip }}{{ ret }}{{ end }}sometimes")]
    [InlineData(
        "{{ unless attributes.vip }}a{{ end }}",
        "error 1:34 Error while parsing ScriptPage: Found <end> statement without a correspo")]
    [InlineData("{{ if !attributes.vip }}a{{ end }}")]
    public void Conditions_lead_somewhere(string html, params string[] mistakes) => Expect.Says(html, mistakes);
}

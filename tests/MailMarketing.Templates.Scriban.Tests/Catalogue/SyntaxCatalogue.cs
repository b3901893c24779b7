namespace MailMarketing.Templates.Scriban.Tests.Catalogue;

public sealed class SyntaxCatalogue
{
    [Theory]
    [InlineData("Hello {{ name", "error 1:7 This tag never ends")]
    [InlineData("{{# open", "error 1:1 This tag never ends")]
    [InlineData("{{ email }", "error 1:1 This tag never ends")]
    [InlineData("{{ 'open }}", "error 1:1 This tag never ends")]
    [InlineData(
        "{{ ( }}",
        "error 1:6 Error while parsing nested expression: Expecting <expression> instead of",
        "error 1:6 Invalid token `}}`")]
    [InlineData("{{ 1 + }}", "error 1:8 Error while parsing binary expression: Expecting an <expression> to the ")]
    [InlineData("{{ | string.upcase }}", "error 1:4 Unexpected token |")]
    [InlineData("{{ email | }}", "error 1:12 Error while parsing pipe expression: Expecting <expression> instead of `")]
    [InlineData("{{ }}")]
    [InlineData("{{ $\"a{email}\" }}", "error 1:4 Interpolated strings and front matter are not available here")]
    [InlineData("{{ email )}}", "error 1:10 Invalid token found `)`")]
    [InlineData(
        "{{{ email }}}",
        "error 1:11 Unexpected token `}` Expecting a colon : after identifier `email` for ob",
        "error 1:11 Invalid token found `}`")]
    [InlineData("{%{ {{ nope }} }%}")]
    [InlineData("{{ '}}' }}")]
    [InlineData("{ email } }}")]
    [InlineData("{{ # comment }}")]
    [InlineData("{{ email ; nope }}", "error 1:12 There is no field or function `nope`")]
    [InlineData("{{\n  x = 1\n  nope\n}}", "error 3:3 There is no field or function `nope`")]
    [InlineData("{{- email -}}")]
    public void Tags_are_whole(string html, params string[] mistakes) => Expect.Says(html, mistakes);
}

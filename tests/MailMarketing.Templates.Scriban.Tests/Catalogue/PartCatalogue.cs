namespace MailMarketing.Templates.Scriban.Tests.Catalogue;

public sealed class PartCatalogue
{
    [Theory]
    [InlineData("{{ layout 'base' }}hello")]
    [InlineData("{{ layout 'bsae' }}hello", "error 1:1 There is no layout named `bsae` … Did you mean `base`?")]
    [InlineData("x{{ layout 'base' }}hello", "error 1:2 `layout` is the first thing in a part")]
    [InlineData("{{ layout 'base' }}{{ block 'title' }}Mine{{ end }}hello")]
    [InlineData("{{ layout 'base' }}{{ block 'titel' }}Mine{{ end }}hello")]
    [InlineData("{{ include 'footer' }}")]
    [InlineData("{{ include 'foter' }}", "error 1:1 There is no partial named `foter` … Did you mean `footer`?")]
    [InlineData("{{ include 'ring' }}", "error ring 1:1 `ring` would contain itself (ring → ring)")]
    [InlineData("{{ include '../../etc/passwd' }}", "error 1:1 There is no partial named `../../etc/passwd`")]
    [InlineData("{{ include email }}", "error 1:4 `include` stands at the start of a tag of its own, with a name in quotes")]
    [InlineData("{{ include 'base' }}", "error 1:1 There is no partial named `base`")]
    [InlineData("{{ layout 'footer' }}x", "error 1:1 There is no layout named `footer`")]
    [InlineData("{{ person = 'Ada' }}{{ include 'greeting' }}")]
    [InlineData("{{ include 'greeting' }}", "error greeting 1:7 There is no field or function `person`")]
    [InlineData("a\n{{ include 'doubtful' }}", "warning doubtful 2:4 A contact without `attributes.plan` gets no email")]
    [InlineData("{{ block 'a' }}x{{ end }}")]
    [InlineData("{{ block 'a' }}x", "error 1:1 The block `a` never ends")]
    [InlineData("{{ content }}", "error 1:4 There is no field or function `content`")]
    [InlineData("{{ layout 'base' }}{{ nope }}", "error 1:23 There is no field or function `nope`")]
    [InlineData("{{ if attributes.plan }}{{ include 'doubtful' }}{{ end }}")]
    public void Layouts_and_partials_are_found(string html, params string[] mistakes) => Expect.Says(html, mistakes);
}

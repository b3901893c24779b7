namespace MailMarketing.Templates.Scriban.Tests.Catalogue;

public sealed class OptionalFieldCatalogue
{
    [Theory]
    [InlineData("{{ attributes.plan }}", "warning 1:4 A contact without `attributes.plan` gets no email")]
    [InlineData("{{ attributes.plan ?? 'free' }}")]
    [InlineData("{{ attributes.plan | string.upcase }}", "warning 1:4 A contact without `attributes.plan` gets no email")]
    [InlineData("{{ (attributes.plan ?? 'free') | string.upcase }}")]
    [InlineData("{{ attributes.plan | object.default 'free' }}", "warning 1:4 A contact without `attributes.plan` gets no email")]
    [InlineData("{{ name }}", "warning 1:4 `name` may be empty")]
    [InlineData("{{ name ?? 'friend' }}")]
    [InlineData("{{ first_name }}", "warning 1:4 `first_name` may be empty")]
    [InlineData("{{ if first_name }}{{ first_name }}{{ else }}friend{{ end }}")]
    [InlineData("{{ if attributes.plan }}{{ attributes.plan }}{{ end }}")]
    [InlineData(
        "{{ if attributes.plan }}a{{ else }}{{ attributes.plan }}{{ end }}",
        "warning 1:39 A contact without `attributes.plan` gets no email")]
    [InlineData("{{ if !attributes.plan }}a{{ else }}{{ attributes.plan }}{{ end }}")]
    [InlineData("{{ if attributes.plan == null }}a{{ else }}{{ attributes.plan }}{{ end }}")]
    [InlineData("{{ attributes.plan ? attributes.plan : 'free' }}")]
    [InlineData("{{ attributes.home.street }}", "warning 1:4 A contact without `attributes.home` gets no email")]
    [InlineData("{{ attributes.home.street ?? '-' }}")]
    [InlineData("{{ if attributes.home }}{{ attributes.home.street }}{{ end }}")]
    [InlineData(
        "{{ if attributes.home }}{{ attributes.home.zip }}{{ end }}",
        "warning 1:28 A contact without `attributes.home.zip` gets no email")]
    [InlineData("{{ attributes.work.zip }}", "warning 1:4 A contact without `attributes.work.zip` gets no email")]
    [InlineData("{{ attributes.score + 1 }}", "warning 1:4 A contact without `attributes.score` gets no email")]
    [InlineData("{{ attributes.renews_at | format_date }}", "warning 1:4 A contact without `attributes.renews_at` gets no email")]
    [InlineData("{{ if attributes.renews_at }}{{ attributes.renews_at | format_date }}{{ end }}")]
    [InlineData("{{ attributes['plan'] }}", "warning 1:4 A contact without `attributes['plan']` gets no email")]
    [InlineData("{{ if attributes.plan && attributes.score }}{{ attributes.plan }}{{ attributes.score }}{{ end }}")]
    [InlineData(
        "{{ if attributes.plan || attributes.vip }}{{ attributes.plan }}{{ end }}",
        "warning 1:46 A contact without `attributes.plan` gets no email")]
    [InlineData("{{ x = attributes.plan }}{{ x }}", "warning 1:8 A contact without `attributes.plan` gets no email")]
    [InlineData("{{ x = attributes.plan ?? 'free' }}{{ x }}")]
    [InlineData("{{ for x in attributes.free }}{{ x }}{{ end }}", "warning 1:13 A contact without `attributes.free` gets no email")]
    public void A_field_that_may_be_missing_is_asked_for_first(string html, params string[] mistakes) => Expect.Says(html, mistakes);
}

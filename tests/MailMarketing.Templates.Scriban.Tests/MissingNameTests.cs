namespace MailMarketing.Templates.Scriban.Tests;

public sealed class MissingNameTests
{
    [Theory]
    [InlineData("{{ nope }}")]
    [InlineData("{{ attributes.nope }}")]
    [InlineData("{{ attributes['nope'] }}")]
    [InlineData("{{ name.nope }}")]
    public void A_missing_name_fails_this_recipient(string html) => Some.Fails(html);

    [Theory]
    [InlineData("{{ nope ?? 'friend' }}")]
    [InlineData("{{ attributes.nope ?? 'friend' }}")]
    [InlineData("{{ attributes['nope'] ?? 'friend' }}")]
    [InlineData("{{ attributes.nope.deeper ?? 'friend' }}")]
    [InlineData("{{ (attributes.nope ?? 'friend') }}")]
    [InlineData("{{ if attributes.nope }}x{{ else }}friend{{ end }}")]
    [InlineData("{{ attributes.nope ? 'x' : 'friend' }}")]
    [InlineData("{{ attributes.none ?? 'friend' }}")]
    public void A_default_or_a_question_stands_in_for_it(string html) =>
        Assert.Equal("friend", Some.Html(html, Some.Recipient("Ada", ("none", null))));

    [Fact]
    public void A_field_without_a_value_prints_nothing() => Assert.Equal("[]", Some.Html("[{{ name }}]", Some.Recipient(null)));

    [Fact]
    public void A_template_that_fails_for_one_works_for_the_others()
    {
        var template = Some.Renderer.Compile(new() { Subject = "s", Html = "{{ attributes.city }}" });
        var failed = 0;
        for (var i = 0; i < 10_000; i++)
        {
            if (i == 5_000)
            {
                Assert.Throws<TemplateException>(() => template.Render(Some.Recipient()));
                failed++;
                continue;
            }

            Assert.Equal("Ulm", template.Render(Some.Recipient("Ada", ("city", "Ulm"))).Html);
        }

        Assert.Equal(1, failed);
    }
}

namespace MailMarketing.Templates.Scriban.Tests;

public sealed class EscapingTests
{
    private const string Evil = "<script>alert(1)</script>\"'&";
    private const string Escaped = "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;";

    [Fact]
    public void Html_is_escaped_while_text_and_subject_are_not()
    {
        var email = Some.Render(
            new TemplateSource { Subject = "Hi {{ name }}", Html = "<p title=\"{{ name }}\">{{ name }}</p>", Text = "{{ name }}" },
            Some.Recipient(Evil));
        Assert.Equal("Hi " + Evil, email.Subject);
        Assert.Equal($"<p title=\"{Escaped}\">{Escaped}</p>", email.Html);
        Assert.Equal(Evil, email.Text);
    }

    [Fact]
    public void Letters_outside_ascii_stay_as_they_are() => Assert.Equal("Zoë 😀", Some.Html("{{ name }}", Some.Recipient("Zoë 😀")));

    [Theory]
    [InlineData("{{ capture x }}<b>{{ name }}</b>{{ end }}{{ x }}", "<b>&lt;&amp;</b>")]
    [InlineData("{{ capture x }}{{ capture y }}{{ name }}{{ end }}{{ y }}{{ end }}{{ x }}", "&lt;&amp;")]
    [InlineData("{{ func f }}<i>{{ name }}</i>{{ end }}{{ f }}", "<i>&lt;&amp;</i>")]
    [InlineData("{{ func f(a) }}<i>{{ a }}</i>{{ end }}{{ f name }}", "<i>&lt;&amp;</i>")]
    [InlineData("{{ name | html.escape }}", "&lt;&amp;")]
    [InlineData("{{ x = name + '>' }}{{ x }}", "&lt;&amp;&gt;")]
    [InlineData("{{ [name] | array.join ',' }}", "&lt;&amp;")]
    [InlineData("{{ name | raw }}", "<&")]
    [InlineData("{{ name | html.newline_to_br }}", "&lt;&amp;")]
    public void A_value_is_escaped_exactly_once(string html, string expected) =>
        Assert.Equal(expected, Some.Html(html, Some.Recipient("<&")));

    [Fact]
    public void Raw_prints_trusted_markup() =>
        Assert.Equal("<b>x</b>", Some.Html("{{ attributes.bio | raw }}", Some.Recipient("Ada", ("bio", "<b>x</b>"))));

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData(" jAvAsCrIpT:alert(1)")]
    [InlineData("java\tscript:alert(1)")]
    [InlineData("\u0001javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("vbscript:x")]
    public void A_link_to_anything_but_a_page_a_mailbox_or_a_telephone_becomes_a_hash(string url)
    {
        var recipient = Some.Recipient("Ada", ("url", url));
        Assert.Equal("<a href=\"#\">", Some.Html("<a href=\"{{ attributes.url }}\">", recipient));
        Assert.Equal("<img src = '#'>", Some.Html("<img src = '{{ attributes.url }}'>", recipient));
        Assert.Equal("<a href=#>", Some.Html("<a href={{ attributes.url }}>", recipient));
        Assert.Equal("<a href=\"#\">", Some.Html("<a href=\"{{ capture u }}{{ attributes.url }}{{ end }}{{ u }}\">", recipient));
    }

    [Fact]
    public void A_scheme_in_two_halves_is_found() =>
        Assert.Equal("<a href=\"java#\">", Some.Html("<a href=\"{{ 'java' }}{{ attributes.url }}\">", Some.Recipient("Ada", ("url", "script:x"))));

    [Theory]
    [InlineData("https://example.org/?a=1&b=x:y", "https://example.org/?a=1&amp;b=x:y")]
    [InlineData("HTTP://example.org", "HTTP://example.org")]
    [InlineData("mailto:a@example.org", "mailto:a@example.org")]
    [InlineData("tel:+123", "tel:+123")]
    [InlineData("/path:x", "/path:x")]
    public void A_harmless_link_stays(string url, string expected) =>
        Assert.Equal($"<a href=\"{expected}\">", Some.Html("<a href=\"{{ attributes.url }}\">", Some.Recipient("Ada", ("url", url))));

    [Fact]
    public void A_colon_in_prose_or_late_in_a_link_is_no_scheme()
    {
        var recipient = Some.Recipient("javascript:x");
        Assert.Equal("<p>javascript:x</p>", Some.Html("<p>{{ name }}</p>", recipient));
        Assert.Equal("<a href=\"https://e.org/?q=javascript:x\">", Some.Html("<a href=\"https://e.org/?q={{ name }}\">", recipient));
    }

    [Fact]
    public void Template_code_in_data_is_text() => Assert.Equal("{{ 7*7 }}", Some.Html("{{ name }}", Some.Recipient("{{ 7*7 }}")));
}

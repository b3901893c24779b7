namespace MailMarketing.Templates.Scriban.Tests;

public sealed class TextPartTests
{
    [Theory]
    [InlineData("<h1>Hello</h1><p>One\n two</p><p>Three</p>", "Hello\n\nOne two\n\nThree")]
    [InlineData("<p>Dear {{ name }}, good <b>day</b>.</p>", "Dear Ada, good day.")]
    [InlineData("<ul><li>a</li><li>b</li></ul><ol><li>a</li><li>b</li></ol>", "- a\n- b\n\n1. a\n2. b")]
    [InlineData("<p>Read <a href=\"https://example.org/{{ id }}?a=1&amp;b=2\">this story</a> now</p>",
        "Read this story (https://example.org/1?a=1&b=2) now")]
    [InlineData("<a href=\"https://example.org/\">https://example.org/</a>", "https://example.org/")]
    [InlineData("<a href=\"{{ unsubscribe_url }}\">{{ unsubscribe_url }}</a>", "https://example.org/unsubscribe")]
    [InlineData("<a href=\"mailto:a@example.org\">a@example.org</a> <a href=\"#top\">Top</a>", "a@example.org Top")]
    [InlineData("<p><img src=\"x.png\" alt=\"A red house\"></p>", "A red house")]
    [InlineData("<div style=\"display: none\">Preheader {{ name }}</div><p>Seen</p>", "Seen")]
    [InlineData("<head><title>Title</title><style>p{color:red}</style></head><body><p>Seen</p></body>", "Seen")]
    [InlineData("<table><tr><td>a</td><td>b</td></tr>{{ if name }}<tr><td>c</td></tr>{{ end }}</table>", "a b\nc")]
    [InlineData("<table>{{ for i in 1..3 }}<tr><td>{{ i }}</td></tr>{{ end }}</table>", "1\n2\n3")]
    [InlineData("<p>Items:</p><ul>{{ for i in 1..3 }}<li>{{ i }}</li>{{ end }}</ul><p>End</p>", "Items:\n\n- 1\n- 2\n- 3\n\nEnd")]
    [InlineData("<p>A</p>\n{{ if attributes.nope }}\n<p>B</p>\n{{ else }}\n<p>C</p>\n{{ end }}\n<p>D</p>", "A\n\nC\n\nD")]
    [InlineData("{{ if attributes.nope }}<p>B</p>{{ end }}<p>D</p>", "D")]
    [InlineData("<p class=\"{{ if name }}a{{ end }}\" {{ if name }}id=\"b\"{{ end }}>x</p>", "x")]
    [InlineData("<p>a &lt; b &amp; c&nbsp;d</p>", "a < b & c d")]
    [InlineData("<p>&#123;&#123; name }}</p>", "{{ name }}")]
    [InlineData("<p>{{ x = 'v' }}{{ x }}</p>", "v")]
    [InlineData("<p>{{ name | html.escape }} {{ 'a & b' | raw }}</p>", "Ada a & b")]
    [InlineData("<p>One<br>two</p><hr><p>three</p>", "One\ntwo\n\n---\n\nthree")]
    [InlineData("<!-- {{ name }} a comment --><p>x</p>", "x")]
    [InlineData("<!--[if mso]><table><tr><td>{{ name }}</td></tr></table><![endif]--><p>x</p>", "x")]
    public void A_text_part_is_made_of_the_html(string html, string expected)
    {
        Assert.Equal(expected, Some.Render(new() { Subject = "s", Html = html }).Text);
        Assert.Equal(expected, Some.Built(new() { Subject = "s", Html = html.Replace("attributes.nope", "attributes.none", StringComparison.Ordinal) }).Text);
    }

    [Fact]
    public void A_text_part_of_the_authors_own_stays() =>
        Assert.Equal(" own ", Some.Render(new() { Subject = "s", Html = "<p>x</p>", Text = " own " }).Text);

    [Fact]
    public void Tags_that_cross_elements_give_a_warning_and_no_text()
    {
        var build = Some.Build("<p title=\"{{ if name }}\">a</p>{{ end }}");
        Assert.Null(build.Source!.Text);
        Assert.Contains(build.Mistakes, mistake => mistake.Severity == TemplateSeverity.Warning
            && mistake.Message.Contains("write a text part", StringComparison.Ordinal));
        Assert.Null(Some.Render(new() { Subject = "s", Html = "<p title=\"{{ if name }}\">a</p>{{ end }}" }).Text);
    }

    [Fact]
    public void Deep_and_long_html_does_not_end_the_process()
    {
        var build = Some.Build(string.Concat(Enumerable.Repeat("<div>", 40_000)) + "x");
        Assert.NotNull(build);
        Assert.NotNull(Some.Build(string.Concat(Enumerable.Repeat("<a href=x>y</a>", 4_000))).Source);
    }
}

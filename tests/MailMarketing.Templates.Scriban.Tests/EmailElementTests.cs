namespace MailMarketing.Templates.Scriban.Tests;

/// <summary>What an author's HTML may be made of.</summary>
public sealed class EmailElementTests
{
    private const string NoElement = "out of an email; leave it out, or link to a page that has it.";
    private const string NoAddress = "is a script or a document of its own";

    [Theory]
    [InlineData("<p>a</p>\n<script>alert(1)</script>", 2, 1, "`<script>` " + NoElement)]
    [InlineData("{{ name }}<iframe src='https://example.org'></iframe>", 1, 11, "`<iframe>` " + NoElement)]
    [InlineData("<object data='x.swf'></object>", 1, 1, "`<object>` " + NoElement)]
    [InlineData("<svg><circle r='1'/></svg>", 1, 6, "`<circle>` " + NoElement)]
    [InlineData("<form action='https://example.org'><input name='a'></form>", 1, 1, "`<form>` " + NoElement)]
    [InlineData("<base href='https://example.org'>", 1, 1, "`<base>` " + NoElement)]
    [InlineData("<meta http-equiv='Refresh' content='0;url=https://example.org'>", 1, 1, "`<meta>` " + NoElement)]
    [InlineData("<p>{{ name }}</p><img src='https://example.org/a.png' alt='' onerror='alert(1)'>", 1, 18, "`onerror` out of an email; leave it out.")]
    [InlineData("<table><tr><td ONCLICK=alert(1)>x</td></tr></table>", 1, 12, "`onclick` out of an email; leave it out.")]
    [InlineData("<a href='javascript:alert(1)'>x</a>", 1, 1, "`href` " + NoAddress)]
    [InlineData("<a href=' java&#10;script&colon;alert({{ name }})'>x</a>", 1, 1, "`href` " + NoAddress)]
    [InlineData("<a href='data:text/html,<p>x'>x</a>", 1, 1, "`href` " + NoAddress)]
    [InlineData("<img src='data:image/svg+xml,x' alt=''>", 1, 1, "`src` " + NoAddress)]
    [InlineData("<{{ name }} class='a'>x", 1, 1, "Write the name of an element out")]
    public void What_mail_programs_take_out_is_a_mistake_where_it_stands(string html, int line, int column, string message)
    {
        var build = Some.Build(html);

        Assert.Null(build.Source);
        var mistake = build.Mistakes.First(one => one.Severity == TemplateSeverity.Error);
        Assert.Equal((TemplateSeverity.Error, line, column), (mistake.Severity, mistake.Line, mistake.Column));
        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<img src='data:image/png;base64,AAAA' alt=''>")]
    [InlineData("<a href='{{ unsubscribe_url }}'>x</a><a href='mailto:a@example.org'>y</a><a href='#top'>z</a>")]
    [InlineData("<script type='application/ld+json'>{}</script><p>x</p>")]
    [InlineData("<!--[if mso]><v:rect href='x'><![endif]--><o:p>x</o:p><center><font color='red'>y</font></center>")]
    [InlineData("<style>p { color: red }</style><link rel='stylesheet' href='https://example.org/a.css'><p>x</p>")]
    [InlineData("{{ if name == 'Ada' }}<table>{{ end }}<tr><td>x</td></tr></table>")]
    public void What_emails_are_made_of_is_none(string html) =>
        Assert.DoesNotContain(Some.Build(html).Mistakes, mistake => mistake.Severity == TemplateSeverity.Error);

    [Fact]
    public void A_mistake_in_a_partial_is_told_where_it_stands()
    {
        var parts = new Dictionary<string, TemplateSource> { ["foot"] = new() { Subject = "", Html = "<p>a</p><embed src='x'>", Kind = TemplateKind.Partial } };

        var build = Some.Renderer.Build(new() { Subject = "s", Html = "<p>x</p>{{ include 'foot' }}" }, new() { Parts = parts });

        Assert.Equal(("foot", 1, 9), (build.Mistakes[0].Template, build.Mistakes[0].Line, build.Mistakes[0].Column));
    }
}

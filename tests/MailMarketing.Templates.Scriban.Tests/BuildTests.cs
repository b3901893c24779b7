namespace MailMarketing.Templates.Scriban.Tests;

public sealed class BuildTests
{
    private static string Html(string html, params (string Name, TemplateSource Source)[] parts) =>
        Some.Built(new TemplateSource { Subject = "s", Html = html }, null, parts).Html!;

    private static TemplateMistake Mistake(string html, params (string Name, TemplateSource Source)[] parts) =>
        Some.Build(html, parts).Mistakes.First(mistake => mistake.Severity == TemplateSeverity.Error);

    [Fact]
    public void Layouts_partials_and_blocks_become_one_source()
    {
        var parts = new[]
        {
            ("base", Some.Layout("<h1>{{ block 'title' }}News{{ end }}</h1>{{ content }}<p>{{ block 'end' }}Bye{{ end }}</p>{{ include 'Footer' }}")),
            ("footer", Some.Partial("<i>{{ name }}</i>")),
        };
        Assert.Equal("<h1>News</h1><b>x</b><p>Bye</p><i>Ada</i>", Html("{{ layout 'base' }}<b>x</b>", parts));
        Assert.Equal("<h1>May</h1>ab<p>Bye</p><i>Ada</i>", Html("{{ layout 'base' }}a{{ block 'title' }}{{ if name }}May{{ end }}{{ end }}b", parts));
        Assert.Equal("x<i>Ada</i>", Html("x{{ include 'footer' }}", parts));
        Assert.Equal("x<i>Ada</i>y", Html("x {{- include 'footer' -}} y", parts));
        var build = Some.Build("{{ layout 'base' }}x", parts);
        Assert.DoesNotContain("include", build.Source!.Html, StringComparison.Ordinal);
        Assert.Equal(build.Source, Some.Build(build.Source).Source);
        Assert.Equal(["base", "Footer"], Some.Renderer.References(new() { Subject = "", Html = "{{ layout 'base' }}{{ include 'Footer' }}" }));
    }

    [Fact]
    public void A_layout_may_have_a_layout()
    {
        var parts = new[]
        {
            ("outer", Some.Layout("[{{ block 'a' }}A{{ end }}{{ content }}]")),
            ("inner", Some.Layout("{{ layout 'outer' }}({{ content }}{{ block 'b' }}B{{ end }})")),
        };
        Assert.Equal("[A(xB)]", Html("{{ layout 'inner' }}x", parts));
        Assert.Equal("[1(x2)]", Html("{{ layout 'inner' }}x{{ block 'a' }}1{{ end }}{{ block 'b' }}2{{ end }}", parts));
    }

    [Fact]
    public void The_text_part_takes_the_text_of_what_it_names()
    {
        var parts = new[] { ("base", Some.Layout("<b>{{ content }}</b>", "** {{ content }} **")) };
        var email = Some.Built(new() { Subject = "s", Html = "{{ layout 'base' }}x", Text = "{{ layout 'base' }}y" }, null, parts);
        Assert.Equal(("<b>x</b>", "** y **"), (email.Html, email.Text));
    }

    [Theory]
    [InlineData("a\n{{ include 'fotter' }}", 2, 1, "Did you mean `footer`?", null)]
    [InlineData("{{ include '../../etc/passwd' }}", 1, 1, "no partial", null)]
    [InlineData("{{ layout 'footer' }}", 1, 1, "no layout", null)]
    [InlineData("x{{ layout 'footer' }}", 1, 2, "first thing", null)]
    [InlineData("{{ include 'me' }}", 1, 3, "contain itself (me → me)", "me")]
    [InlineData("{{ include 'one' }}", 1, 1, "one → two → one", "two")]
    [InlineData("{{ include 'wrong' }}", 2, 4, "first_nam", "wrong")]
    [InlineData("{{ include name }}", 1, 4, "name in quotes", null)]
    [InlineData("{{ x = include 'footer' }}", 1, 8, "name in quotes", null)]
    [InlineData("{{ include 'cut' }}", 1, 1, "never ends", "cut")]
    public void A_mistake_in_what_is_named_is_told_with_its_place(string html, int line, int column, string words, string? template)
    {
        var mistake = Mistake(html,
            ("footer", Some.Partial("x")), ("me", Some.Partial("a {{ include 'me' }}")),
            ("one", Some.Partial("{{ include 'two' }}")), ("two", Some.Partial("{{ include 'one' }}")),
            ("wrong", Some.Partial("x\n{{ first_nam }}")), ("cut", Some.Partial("{{ name ")));
        Assert.Contains(words, mistake.Message, StringComparison.Ordinal);
        Assert.Equal((line, column, template), (mistake.Line, mistake.Column, mistake.Template));
    }

    [Fact]
    public void Parts_that_double_again_and_again_end_early()
    {
        var parts = Enumerable.Range(0, 30).Select(i => ($"p{i}", Some.Partial($"x{{{{ include 'p{i + 1}' }}}}{{{{ include 'p{i + 1}' }}}}"))).ToArray();
        Assert.Contains("nested too deeply", Some.Build("{{ include 'p0' }}", parts).Mistakes[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<style>p{color:#333}</style><p>x</p>", "<style></style><p style=\"color:#333\">x</p>")]
    [InlineData("<style>.a{color:red;margin:0} #b{color:blue}</style><p class=a id=b>x</p>", "<style></style><p style=\"margin:0;color:blue\" class=a id=b>x</p>")]
    [InlineData("<style>p{color:red;margin:0}</style><p style=\"color:blue\">x</p>", "<style></style><p style=\"margin:0;color:blue\">x</p>")]
    [InlineData("<style>p{color:red !important}</style><p style='color:blue;'>x</p>", "<style></style><p style='color:blue;color:red !important'>x</p>")]
    [InlineData("<style>@media (max-width:9px){p{color:red}} p:hover, p{margin:0}</style><p>x</p>",
        "<style>\n@media (max-width:9px){p{color:red}}\np:hover { margin: 0 }\n</style><p style=\"margin:0\">x</p>")]
    [InlineData("<style>/* p{} */td{font-family:\"A B\"}</style><table>{{ for i in 1..2 }}<tr><td>{{ i }}</td></tr>{{ end }}</table>",
        "<style></style><table><tr><td style=\"font-family:&quot;A B&quot;\">1</td></tr><tr><td style=\"font-family:&quot;A B&quot;\">2</td></tr></table>")]
    [InlineData("<style>.x{color:red}</style><p class=\"{{ 'x' }}\">x</p>", "<style>\n.x{color:red}\n</style><p class=\"x\">x</p>")]
    [InlineData("{{ if name }}<style>p{color:red}</style>{{ end }}<p>x</p>", "<style>p{color:red}</style><p>x</p>")]
    [InlineData("<P   Class=a >a&nbsp;b<br/></P>", "<P   Class=a >a&nbsp;b<br/></P>")]
    public void Styles_go_into_the_elements_and_nothing_else_changes(string html, string expected) => Assert.Equal(expected, Html(html));

    [Theory]
    [InlineData("<a href=\"/a?b=1\">x</a>", "<a href=\"https://mail.example.org/a?b=1\">x</a>")]
    [InlineData("<img src=img/{{ id }}.png>", "<img src=https://mail.example.org/app/img/1.png>")]
    [InlineData("<a href='//cdn.example.org/x'>x</a>", "<a href='https://cdn.example.org/x'>x</a>")]
    [InlineData("<a href=\"https://e.org/\">x</a><a href=\"#top\">y</a><a href=\"mailto:a@e.org\">z</a>",
        "<a href=\"https://e.org/\">x</a><a href=\"#top\">y</a><a href=\"mailto:a@e.org\">z</a>")]
    [InlineData("<a href=\"{{ unsubscribe_url }}\">x</a>", "<a href=\"https://example.org/unsubscribe\">x</a>")]
    public void Addresses_without_a_host_get_the_public_one(string html, string expected) => Assert.Equal(expected, Html(html));

    [Theory]
    [InlineData("# Hi {{ name }}\n\n{{ if attributes.none }}\nNo\n{{ else }}\nRead *[this](https://e.org/{{ id }})*\n{{ end }}",
        "<h1>Hi Ada</h1><p>Read <em><a href=\"https://e.org/1\">this</a></em></p>")]
    [InlineData("{{ name }}, **hello**", "<p>Ada, <strong>hello</strong></p>")]
    [InlineData("{{ for i in 1..2 }}\n- {{ i }}\n{{ end }}", null)]
    public void Markdown_gives_the_html_part(string markdown, string? expected)
    {
        var email = Some.Built(new() { Subject = "s", Markdown = markdown });
        if (expected is null)
        {
            Assert.Contains("<li>2</li>", email.Html, StringComparison.Ordinal);
            return;
        }

        Assert.Equal(expected, email.Html!.Replace("\n", "", StringComparison.Ordinal));
        Assert.NotNull(email.Text);
    }

    [Fact]
    public void A_mistake_in_markdown_is_told_where_it_was_written()
    {
        var mistake = Some.Build(new TemplateSource { Subject = "s", Markdown = "a\n\n{{ if name }}x" }).Mistakes[0];
        Assert.Equal(("markdown", 3), (mistake.Part, mistake.Line));
    }

    [Fact]
    public void A_preheader_stands_unseen_at_the_top() => Assert.Equal(
        ("<body class=x><div style=\"display:none;max-height:0;overflow:hidden;mso-hide:all\">For Ada &lt;3</div><p>x</p></body>", "x"),
        Some.Built(new() { Subject = "s", Html = "<body class=x><p>x</p></body>", Preheader = "For {{ name }} {{ '<3' }}" }) is var email
            ? (email.Html, email.Text) : default);

    [Theory]
    [InlineData(null, "Hello", "<p>Hello</p>", "Hello")]
    [InlineData("de", "Hallo", "<p>Guten Tag</p>", "Guten Tag")]
    [InlineData("de-CH", "Hallo", "<p>Guten Tag</p>", "Guten Tag")]
    [InlineData("DE_at", "Servus", "<p>Griaß di</p>", "Griaß di")]
    [InlineData("den", "Hello", "<p>Hello</p>", "Hello")]
    public void A_recipient_gets_the_language_it_speaks(string? language, string subject, string html, string text)
    {
        var email = Some.Built(
            new()
            {
                Subject = "Hello",
                Html = "<p>Hello</p>",
                Translations = new Dictionary<string, TemplateTranslation>
                {
                    ["de"] = new() { Subject = "Hallo", Html = "<p>Guten Tag</p>" },
                    ["de-AT"] = new() { Subject = "Servus", Markdown = "Griaß di", Text = "Griaß di" },
                },
            },
            Some.Recipient("Ada", ("language", language)));
        Assert.Equal((subject, html, text), (email.Subject, email.Html?.Trim(), email.Text));
    }

    [Fact]
    public void A_mistake_in_a_translation_says_so()
    {
        var source = new TemplateSource
        {
            Subject = "s",
            Text = "t",
            Translations = new Dictionary<string, TemplateTranslation>
            {
                ["de"] = new() { Subject = "s", Text = "{{ nope }}" },
                ["'}} x"] = new() { Subject = "s", Text = "t" },
            },
        };
        Assert.Equal(["de", "'}} x"], Some.Build(source).Mistakes.Select(mistake => mistake.Translation));
    }

    [Theory]
    [InlineData("{{ attributes.day | format_date }}", "en-GB", "Europe/London", "31/12/2026")]
    [InlineData("{{ attributes.day | format_date }}", "de-DE", "Europe/Berlin", "31.12.2026")]
    [InlineData("{{ attributes.moment | format_date 'yyyy-MM-dd HH:mm' }}", "de", "Europe/Berlin", "2027-01-01 00:30")]
    [InlineData("{{ attributes.moment | format_date 'yyyy-MM-dd HH:mm' }}", "de", "America/New_York", "2026-12-31 18:30")]
    [InlineData("{{ date.now | format_date 'dddd HH:mm' }}", "fr", "Europe/Paris", "mercredi 06:06")]
    [InlineData("{{ 1234567.5 | format_number }}", "en", "UTC", "1,234,567.5")]
    [InlineData("{{ 1234567.5 | format_number 2 }}", "de-DE", "UTC", "1.234.567,50")]
    [InlineData("{{ 1234.5 | format_money 'EUR' }}", "en-US", "UTC", "€1,234.50")]
    [InlineData("{{ '1234.5' | format_money 'JPY' }}", "en-US", "UTC", "¥1,235")]
    [InlineData("{{ 5 | format_number 2 }}", "xx-YY", "No/Where", "5.00")]
    public void Dates_numbers_and_money_are_written_as_the_recipient_reads_them(string text, string language, string zone, string expected)
    {
        var recipient = Some.Recipient("Ada", ("language", language), ("time_zone", zone), ("day", "2026-12-31"), ("moment", "2026-12-31T23:30:00Z"));
        Assert.Equal(expected, Some.Text(text, recipient));
        Assert.Equal(expected, Some.Built(new() { Subject = "s", Text = text }, recipient).Text);
    }

    [Fact]
    public void What_recipients_do_not_say_is_frozen_with_the_template()
    {
        var german = new ScribanRenderer(Microsoft.Extensions.Options.Options.Create(new ScribanOptions { Language = "de-DE", TimeZone = "Europe/Berlin" }));
        var built = german.Build(new() { Subject = "s", Text = "{{ 1.5 | format_number }} {{ date.now | format_date 'HH' }}" }, new());
        Assert.Equal("1,5 06", Some.Render(built.Source!).Text);
    }
}

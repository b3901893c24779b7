namespace MailMarketing.Templates.Scriban.Tests.Catalogue;

/// <summary>Templates by contacts: what each of them gets, to the letter, or that there is no email for this one.</summary>
public sealed class RecipientCatalogue
{
    private const string None = "(no email)";

    private static readonly Dictionary<string, Recipient> _people = new()
    {
        ["whole"] = Some.Recipient(
            "Ada", ("city", "Ulm"), ("plan", "gold"), ("points", 1234L), ("price", 1234.5m), ("at", "2026-12-31T23:30:00Z"),
            ("language", "de"), ("time_zone", "Europe/Berlin"), ("tags", new List<object?> { "a", "b" }), ("url", "https://e.org/?a=1&b=2")),
        ["bare"] = Some.Recipient(null),
        ["hostile"] = Some.Recipient(
            "<b>'\"&", ("city", "<script>"), ("plan", "{{ 7*7 }}"), ("points", "many"), ("price", "<1>"), ("at", "soon"), ("language", "<x>"),
            ("tags", new List<object?> { "<i>", "&" }), ("url", "javascript:alert(1)")),
        ["arabic"] = Some.Recipient(
            "محمد", ("city", "القاهرة"), ("plan", "ذهبي"), ("points", -1L), ("price", 0m), ("at", "2026-01-01T00:00:00Z"), ("language", "ar"),
            ("tags", new List<object?>()), ("url", "/\\evil.example")),
    };

    [Theory]
    [InlineData("Dear {{ name ?? 'reader' }}", "Dear Ada", "Dear reader", "Dear &lt;b&gt;&#39;&quot;&amp;", "Dear محمد")]
    [InlineData("{{ name | string.upcase }}", "ADA", "", "&lt;B&gt;&#39;&quot;&amp;", "محمد")]
    [InlineData("{{ attributes.city }}", "Ulm", None, "&lt;script&gt;", "القاهرة")]
    [InlineData("{{ attributes.city ?? 'town' }}", "Ulm", "town", "&lt;script&gt;", "القاهرة")]
    [InlineData("{{ if attributes.city }}in {{ attributes.city }}{{ else }}nowhere{{ end }}", "in Ulm", "nowhere", "in &lt;script&gt;", "in القاهرة")]
    [InlineData("{{ case attributes.plan ?? '' }}{{ when 'gold' }}G{{ else }}-{{ end }}", "G", "-", "-", "-")]
    [InlineData("{{ attributes.plan ?? 'free' }}", "gold", "free", "{{ 7*7 }}", "ذهبي")]
    [InlineData("<p title=\"{{ attributes.plan ?? '' }}\">", "<p title=\"gold\">", "<p title=\"\">", "<p title=\"{{ 7*7 }}\">", "<p title=\"ذهبي\">")]
    [InlineData("{{ for t in attributes.tags ?? [] }}[{{ t }}]{{ else }}none{{ end }}", "[a][b]", "none", "[&lt;i&gt;][&amp;]", "none")]
    [InlineData("{{ attributes.tags ?? [] | array.join ', ' }}", "a, b", "", "&lt;i&gt;, &amp;", "")]
    [InlineData("{{ (attributes.tags ?? []).size }}", "2", "0", "2", "0")]
    [InlineData(
        "<a href=\"{{ attributes.url ?? '#' }}\">", "<a href=\"https://e.org/?a=1&amp;b=2\">", "<a href=\"#\">", "<a href=\"#\">",
        "<a href=\"/\\evil.example\">")]
    [InlineData("{{ attributes.points > 1000 ? 'many' : 'few' }}", "many", "few", "many", "few")]
    [InlineData("{{ capture c }}<u>{{ name }}</u>{{ end }}{{ c }}", "<u>Ada</u>", "<u></u>", "<u>&lt;b&gt;&#39;&quot;&amp;</u>", "<u>محمد</u>")]
    [InlineData("{{ func f(x) }}({{ x }}){{ end }}{{ f name }}", "(Ada)", "()", "(&lt;b&gt;&#39;&quot;&amp;)", "(محمد)")]
    [InlineData("{{ name | raw }}", "Ada", "", "<b>'\"&", "محمد")]
    [InlineData("{{ email }}", "ada@example.org", "ada@example.org", "ada@example.org", "ada@example.org")]
    [InlineData("{{ nope }}", None, None, None, None)]
    [InlineData("{{ attributes.nope.deeper ?? 'x' }}", "x", "x", "x", "x")]
    public void Each_contact_gets_what_is_theirs(string html, string whole, string bare, string hostile, string arabic)
    {
        var template = Some.Renderer.Compile(new TemplateSource { Subject = "s", Html = html });
        foreach (var (person, expected) in new[] { ("whole", whole), ("bare", bare), ("hostile", hostile), ("arabic", arabic) })
        {
            Assert.Equal((person, expected), (person, Outcome(template, _people[person])));
        }
    }

    [Theory]
    [InlineData("{{ attributes.at | format_date 'd MMMM yyyy' }}", "1 Januar 2027")]
    [InlineData("{{ attributes.points | format_number 0 }}", "1.234")]
    [InlineData("{{ attributes.price | format_money 'EUR' }}", "1.234,50 €")]
    public void Dates_and_numbers_are_written_for_whom_they_mean_something(string html, string whole)
    {
        var template = Some.Renderer.Compile(new TemplateSource { Subject = "s", Html = html });

        // Which space stands before the sign is the platform's to say
        Assert.Equal(whole, string.Concat(Outcome(template, _people["whole"]).Select(letter => char.IsWhiteSpace(letter) ? ' ' : letter)));
        Assert.Equal((None, None), (Outcome(template, _people["bare"]), Outcome(template, _people["hostile"])));
        Assert.NotEqual(None, Outcome(template, _people["arabic"]));
    }

    private static string Outcome(ICompiledTemplate template, Recipient recipient)
    {
        try
        {
            return template.Render(recipient).Html!;
        }
        catch (TemplateException)
        {
            return None;
        }
    }
}

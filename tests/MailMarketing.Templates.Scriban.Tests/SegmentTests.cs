namespace MailMarketing.Templates.Scriban.Tests;

/// <summary>Content for members of a segment.</summary>
public sealed class SegmentTests
{
    private static readonly BracesRenderer _braces = new();

    private static TemplateSurroundings Known { get; } = new() { Segments = new HashSet<string> { "VIP", "Readers of Ulm" } };

    [Theory]
    [InlineData("{{ if segments | array.contains 'VIP' }}gold{{ else }}lead{{ end }}", "gold", "lead")]
    [InlineData("{{ if array.contains segments 'VIP' }}gold{{ else }}lead{{ end }}", "gold", "lead")]
    [InlineData("{{ if !(segments | array.contains 'VIP') }}lead{{ end }}", "", "lead")]
    [InlineData("{{ for one in segments }}[{{ one }}]{{ end }}", "[&lt;Süd&gt;][VIP]", "")]
    [InlineData("{{ segments | array.join ', ' }}", "&lt;Süd&gt;, VIP", "")]
    [InlineData("{{ segments.size }}", "2", "0")]
    public void Members_get_their_own(string html, string member, string other)
    {
        var build = Some.Build(html);
        Assert.Empty(build.Mistakes);
        Assert.Equal((member, other), (Html("<Süd>", "VIP"), Html()));

        string Html(params string[] segments) => Some.Render(build.Source!, In(segments)).Html!;
    }

    [Theory]
    [InlineData("{{ if segments | array.contains 'VIP' }}x{{ end }}", null)]
    [InlineData("{{ if segments | array.contains 'Vip' }}x{{ end }}", "There is no segment `Vip`, so that nobody is in it. Did you mean `VIP`?")]
    [InlineData("{{ array.contains segments 'Nobody' ? 'x' : '' }}", "There is no segment `Nobody`, so that nobody is in it.")]
    [InlineData("{{ if segments | array.contains name }}x{{ end }}", null)]
    [InlineData("{{ if attributes.tags | array.contains 'Nobody' }}x{{ end }}", null)]
    [InlineData("{{ segments }}", "`segments` is a list; print its items in a `for`, or join them with `| array.join ', '`.")]
    [InlineData("{{ segments | string.upcase }}", "`string.upcase` gets a list here, which it does not work on.")]
    public void Names_that_no_segment_has_are_doubted_and_so_is_a_list_that_is_used_as_a_text(string html, string? warning)
    {
        var build = Some.Renderer.Build(new() { Subject = "s", Html = html, Text = "t" }, Known);
        Assert.NotNull(build.Source);
        Assert.Equal(warning, build.Mistakes.SingleOrDefault()?.Message);
    }

    [Fact]
    public void A_segment_is_looked_for_in_every_part_and_nothing_is_said_where_none_are_known()
    {
        var source = new TemplateSource
        {
            Subject = "{{ if segments | array.contains 'A' }}x{{ end }}s", Html = "{{ layout 'base' }}", Text = "{{ 'B' | string.upcase }}",
            Preheader = "{{ if segments | array.contains 'C' }}x{{ end }}",
        };
        var parts = new Dictionary<string, TemplateSource> { ["base"] = Some.Layout("{{ content }}\n{{ if segments | array.contains 'D' }}x{{ end }}") };
        var warnings = Some.Renderer.Build(source, Known with { Parts = parts }).Mistakes;
        Assert.Equal(
            [("subject", 1, 33, null), ("html", 2, 33, "base"), ("preheader", 1, 33, (string?)null)],
            warnings.Select(one => (one.Part, one.Line, one.Column, one.Template)));
        Assert.Empty(Some.Renderer.Build(source, new() { Parts = parts }).Mistakes);
    }

    [Theory]
    [InlineData("{{ segments[0] }}", true)]
    [InlineData("{{ x = segments }}", true)]
    [InlineData("{{ func f }}{{ segments.size }}{{ end }}", true)]
    [InlineData("{{ 'a' | string.append (segments | array.join '') }}", true)]
    [InlineData("{{ { a: segments }.a }}", true)]
    [InlineData("{{ include 'part' }}", true)]
    [InlineData("segments {{ 'segments' }}", false)]
    [InlineData("{{ attributes.segments }}", false)]
    [InlineData("{{ attributes['segments'] }}", false)]
    [InlineData("{{ # segments }}", false)]
    public void Whether_a_template_reads_segments_is_told_by_its_syntax(string html, bool reads)
    {
        var built = Some.Build(html, ("part", Some.Partial("{{ segments | array.first }}"))).Source!;
        Assert.Equal(reads, Some.Renderer.Reads(built, TemplateFields.Segments));
        Assert.True(Some.Renderer.Reads(built, "name") == built.Html!.Contains("name", StringComparison.Ordinal));
    }

    [Fact]
    public void A_subject_a_preheader_or_a_translation_alone_reads_them_too()
    {
        const string Reads = "{{ segments | array.join ',' }}";
        var plain = new TemplateSource { Subject = "s", Html = "<p>h</p>", Text = "t" };
        TemplateSource[] reading =
        [
            plain with { Subject = Reads }, plain with { Text = Reads }, plain with { Preheader = Reads }, plain with { Html = null, Markdown = Reads },
            plain with { Translations = new Dictionary<string, TemplateTranslation> { ["de"] = new() { Subject = Reads } } },
        ];
        Assert.All(reading, source => Assert.True(Some.Renderer.Reads(Some.Build(source).Source!, TemplateFields.Segments)));
        Assert.False(Some.Renderer.Reads(Some.Build(plain).Source!, TemplateFields.Segments));
    }

    [Fact]
    public void What_cannot_be_parsed_may_read_anything() =>
        Assert.True(Some.Renderer.Reads(new() { Subject = "{{ if" }, TemplateFields.Segments));

    [Theory]
    [InlineData("{segments}", true)]
    [InlineData("{name} segments", false)]
    public void Braces_tell_so_too(string text, bool reads) =>
        Assert.Equal(reads, _braces.Reads(new() { Subject = "s", Text = text, Language = "braces" }, TemplateFields.Segments));

    private static Recipient In(params string[] segments) =>
        new(new Dictionary<string, object?>(TemplateFields.Sample) { [TemplateFields.Segments] = segments }, Some.Now);
}

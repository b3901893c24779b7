namespace MailMarketing.Templates.Scriban.Tests;

public sealed class LimitTests
{
    private const string Hundred = "{{ for i in 1..100 }}{{ for j in 1..9 }}";

    [Theory]
    [InlineData(Hundred + "LONG{{ end }}{{ end }}")]
    [InlineData("{{ capture x }}" + Hundred + "LONG{{ end }}{{ end }}{{ end }}")]
    public void Output_over_the_limit_is_an_error_and_never_a_cut_mail(string html)
    {
        var failure = Some.Fails(html.Replace("LONG", new string('x', 5_000), StringComparison.Ordinal));
        Assert.Contains("larger than 512 KiB", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ while true }}{{ end }}")]
    [InlineData("{{ for i in 1..2000000000 }}{{ end }}")]
    [InlineData("{{ for i in 1..2147483647 }}x{{ end }}")]
    [InlineData("{{ x = 1..2147483647 | array.size; x }}")]
    [InlineData("{{ x = (1..2147483647) | array.join ','; x }}")]
    [InlineData("{{ func f; f; end; f }}")]
    [InlineData("{{ func f; g; end; func g; f; end; f }}")]
    [InlineData("{{ x = {}; x.me = x; x }}")]
    [InlineData("{{ x = []; x[0] = x; x }}")]
    [InlineData("{{ 'x' * 1000000000 }}")]
    [InlineData("{{ x = 'x' | string.pad_left 2000000000; x }}")]
    [InlineData("{{ 1 << 2000000000 }}")]
    [InlineData("{{ x = 99999; for i in 1..40; x = x * x; end; x }}")]
    [InlineData("{{ 1 | math.format 'D900000000' }}")]
    [InlineData("{{ x = [1,2] * 500000000; x | array.size }}")]
    [InlineData("{{ x = [1] | array.insert_at 500000000 2; x | array.size }}")]
    [InlineData("{{ x = 'xxxxxxxxxx'; for i in 1..60; x = x + x; end; x }}")]
    [InlineData("{{ x = [1]; for i in 1..60; x = x + x; end; x | array.size }}")]
    [InlineData("{{ x = 'x,' * 200000; for i in 1..3000; y = x | string.split ','; end }}")]
    [InlineData("{{ x = [1]; x[2000000000] = 1 }}")]
    public void A_costly_template_ends_early(string html) => Some.FailsFast(html);

    [Fact]
    public void Twenty_thousand_loops_in_a_row_share_one_limit() =>
        Some.FailsFast(string.Concat(Enumerable.Repeat("{{for i in 1..900}}{{end}}", 1_900)));

    [Fact]
    public void Thousands_of_large_strings_do_not_fill_the_memory()
    {
        Some.FailsFast(string.Concat(Enumerable.Range(0, 3_000).Select(i => $"{{{{ x{i} = 'x' * 500000 }}}}")));
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) < 150_000_000);
    }

    [Theory]
    [InlineData("+1")]
    [InlineData(".a")]
    [InlineData("|raw")]
    [InlineData("[0]")]
    public void The_deepest_that_the_checks_let_through_still_renders_or_fails_cleanly(string piece)
    {
        foreach (var times in new[] { 10, 100, 200, 300, 1_000, 1_990 })
        {
            Record.Exception(() => Some.Html("{{ 1" + string.Concat(Enumerable.Repeat(piece, times)) + " }}"));
        }

        Assert.Equal("ok", Some.Html("ok"));
    }
}

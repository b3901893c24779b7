namespace MailMarketing.Templates.Scriban.Tests;

public sealed class CheckTests
{
    [Theory]
    [InlineData("Hello {{ nope }}", 1, 10, "nope")]
    [InlineData("a\nb {{ nope }}", 2, 6, "nope")]
    [InlineData("Hello {{ name ", 1, 7, "never ends")]
    [InlineData("{{# open comment", 1, 1, "never ends")]
    [InlineData("{{ name.nope( }}", 1, null, null)]
    [InlineData("{{ if name }}x", 1, null, null)]
    [InlineData("{{ name | string.nope }}", 1, 11, "string.nope")]
    [InlineData("{{ regex.match name 'x' }}", 1, 4, "regex")]
    [InlineData("{{ name | html.strip }}", 1, 11, "html.strip")]
    [InlineData("{{ object.eval name }}", 1, 4, "object.eval")]
    [InlineData("{{ name | object.eval_template }}", 1, 11, "object.eval_template")]
    [InlineData("{{ math.random 1 2 }}", 1, 4, "math.random")]
    [InlineData("{{ include 'x' }}", 1, 4, "include")]
    [InlineData("{{ include '../../etc/passwd' }}", 1, 4, "include")]
    [InlineData("{{ this }}", 1, 4, "this")]
    [InlineData("{{ import attributes }}", 1, 4, "import")]
    [InlineData("{{ with attributes }}{{ end }}", 1, 4, "with")]
    [InlineData("{{ $nope }}", 1, 4, "nope")]
    [InlineData("{{ name = 'x' }}", 1, 4, "name")]
    [InlineData("{{ func raw; ret 1; end }}", 1, null, "raw")]
    [InlineData("{{ capture name }}{{ end }}", 1, null, "name")]
    [InlineData("{{ string = 'x' }}", 1, 4, "string")]
    [InlineData("{{ contact.name }}", 1, 4, "contact")]
    [InlineData("{{ $\"a{name}\" }}", 1, null, null)]
    public void A_mistake_is_found_before_anything_is_sent(string html, int line, int? column, string? word)
    {
        var mistakes = Some.Check(html);
        Assert.NotEmpty(mistakes);
        var mistake = mistakes[0];
        Assert.Equal("html", mistake.Part);
        Assert.Equal(line, mistake.Line);
        Assert.Equal(column ?? mistake.Column, mistake.Column);
        Assert.Contains(word ?? "", mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ name }} {{ id }} {{ user_id }} {{ first_name }} {{ last_name }} {{ email }} {{ attributes.city }}")]
    [InlineData("{{ for tag in attributes.tags }}{{ for.index }}{{ tag }}{{ end }}")]
    [InlineData("{{ x = 1 }}{{ x + 1 }}{{ $y = 2 }}{{ $y }}")]
    [InlineData("{{ func f(a, b) }}{{ a + b }}{{ end }}{{ f 1 2 }}")]
    [InlineData("{{ capture c }}x{{ end }}{{ c }}")]
    [InlineData("{{ o = { a: 1 } }}{{ o.a }}")]
    [InlineData("{{ if name == 'x' }}a{{ else if name }}b{{ else }}c{{ end }}")]
    [InlineData("{{ case name }}{{ when 'x' }}a{{ else }}b{{ end }}")]
    [InlineData("{{ name | string.upcase | string.truncate 5 }} {{ date.now.year }} {{ date.now | date.to_string '%Y' }}")]
    [InlineData("{{ nothing = null }}{{# a comment }}{{ '}}' }}{{- name -}}")]
    public void A_sound_template_has_no_mistakes(string html) => Assert.Empty(Some.Check(html));

    [Fact]
    public void Every_part_is_checked()
    {
        var source = new TemplateSource { Subject = "{{ a }}", Html = "{{ b }}", Text = "{{ c }}" };
        Assert.Equal(["subject", "html", "text"], Some.Renderer.Check(source, TemplateFields.BuiltIn).Select(m => m.Part));
    }

    [Fact]
    public void Fields_of_the_apps_own_are_known() =>
        Assert.Empty(Some.Renderer.Check(new() { Subject = "{{ plan }}" }, new HashSet<string> { "plan" }));

    [Fact]
    public void A_template_that_does_not_parse_does_not_compile() =>
        Assert.Contains("line 1", Some.Fails("Hello {{ name ").Message, StringComparison.Ordinal);

    [Fact]
    public void A_source_larger_than_256_KiB_is_refused()
    {
        Assert.Empty(Some.Check(new string('x', Limits.TemplateSource)));
        Assert.Single(Some.Check(new string('x', Limits.TemplateSource + 1)));
        Assert.Single(Some.Check(new string('é', (Limits.TemplateSource / 2) + 1)));
    }

    [Fact]
    public void Every_function_that_is_offered_can_be_called()
    {
        Assert.Contains("string.upcase", Some.Renderer.Functions);
        Assert.Contains("format_money", Some.Renderer.Functions);
        Assert.All(Some.Renderer.Functions, name => Assert.DoesNotContain(
            Some.Check($"{{{{ name | {name} }}}}"), mistake => mistake.Message.StartsWith("There is no", StringComparison.Ordinal)));
    }

    [Fact]
    public void No_statement_is_offered_that_is_refused() => Assert.DoesNotContain(
        Some.Renderer.Keywords.SelectMany(word => Some.Check($"{{{{ {word} attributes }}}}")),
        mistake => mistake.Message.Contains("not available", StringComparison.Ordinal));
}

using System.Reflection;

namespace MailMarketing.Templates.Scriban.Tests;

public sealed class SandboxTests
{
    [Theory]
    [InlineData("{{ attributes.city = 'x' }}{{ attributes.city }}")]
    [InlineData("{{ attributes['city'] = 'x' }}")]
    [InlineData("{{ string.upcase = 'x' }}")]
    [InlineData("{{ string.mine = 'x' }}")]
    [InlineData("{{ string = 'x' }}")]
    [InlineData("{{ func raw; ret 1; end }}{{ 1 | raw }}")]
    [InlineData("{{ date.now.ticks }}")]
    [InlineData("{{ date.now.now }}")]
    [InlineData("{{ name.get_type }}")]
    [InlineData("{{ name.chars }}")]
    [InlineData("{{ attributes.city.length.get_type }}")]
    [InlineData("{{ x = @string.upcase; x.target }}")]
    [InlineData("{{ x = @object.default; x.method }}")]
    public void Data_functions_and_the_runtime_are_out_of_reach(string html) =>
        Some.Fails(html, Some.Recipient("Ada", ("city", "Ulm"), ("tags", new List<object?> { "a" })));

    [Fact]
    public void An_attempt_to_write_changes_nothing_for_the_next()
    {
        var recipient = Some.Recipient("Ada", ("tags", new List<object?> { "a", "b" }));
        Assert.Equal("a", Some.Html("{{ attributes.tags[0] = 'x' }}{{ attributes.tags[0] }}", recipient));
        Assert.Equal("2", Some.Html("{{ attributes.tags[4] = 'x' }}{{ attributes.tags | array.size }}", recipient));
        Assert.Equal("a,b,c|a,b", Some.Html("{{ x = attributes.tags | array.add 'c' }}{{ x | array.join ',' }}|{{ attributes.tags | array.join ',' }}", recipient));
    }

    [Fact]
    public void Scriban_is_younger_than_its_known_holes() =>
        Assert.True(Version.Parse(typeof(global::Scriban.Template).Assembly
            .GetCustomAttribute<AssemblyFileVersionAttribute>()!.Version) >= new Version(7, 5, 3));

    [Fact]
    public void The_only_clock_is_the_campaigns() =>
        Assert.Equal("2026-03-04 2026", Some.Html("{{ date.now | date.to_string '%Y-%m-%d' }} {{ date.now.year }}"));

    [Fact]
    public void Variables_of_one_recipient_are_unknown_to_the_next()
    {
        var template = Some.Renderer.Compile(
            new() { Subject = "s", Html = "{{ if name == 'Ada' }}{{ x = 'secret' }}{{ end }}{{ x ?? 'none' }}" });
        Assert.Equal("secret", template.Render(Some.Recipient("Ada")).Html);
        Assert.Equal("none", template.Render(Some.Recipient("Bob")).Html);
    }

    [Fact]
    public void Foreign_objects_are_printed_and_never_reflected()
    {
        Assert.Equal("1.00:00:00", Some.Html("{{ attributes.x }}", Some.Recipient("Ada", ("x", TimeSpan.FromDays(1)))));
        Some.Fails("{{ attributes.x.days }}", Some.Recipient("Ada", ("x", TimeSpan.FromDays(1))));
    }

    [Fact]
    public void Nested_data_are_read_by_name() => Assert.Equal("Ulm 1.5 true b", Some.Html(
        "{{ attributes.home.city }} {{ attributes.n }} {{ attributes.yes }} {{ attributes.list[0].a }}",
        Some.Recipient("Ada", ("home", new Dictionary<string, object?> { ["city"] = "Ulm" }), ("n", 1.5m), ("yes", true),
            ("list", new List<object?> { new Dictionary<string, object?> { ["a"] = "b" } }))));
}

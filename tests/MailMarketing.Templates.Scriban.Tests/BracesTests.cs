namespace MailMarketing.Templates.Scriban.Tests;

public sealed class BracesTests
{
    private readonly BracesRenderer _renderer = new();

    [Fact]
    public void Fields_stand_in_single_braces()
    {
        var email = _renderer.Compile(new()
        {
            Subject = "Hi {first_name}", Html = "<a href=\"{view_url}\">{name}</a>", Text = "{id} {user_id} {last_name} {email} {name} {{x}}",
        }).Render(Some.Recipient("<Ada>"));
        Assert.Equal("Hi Ada", email.Subject);
        Assert.Equal("<a href=\"https://example.org/view\">&lt;Ada&gt;</a>", email.Html);
        Assert.Equal("1 1 Lovelace ada@example.org <Ada> {x}", email.Text);
    }

    [Theory]
    [InlineData("a {nope}", 1, 3)]
    [InlineData("a\n{email.__class__}", 2, 1)]
    [InlineData("{email!r}", 1, 1)]
    [InlineData("{email:>10}", 1, 1)]
    [InlineData("{}", 1, 1)]
    [InlineData("{0}", 1, 1)]
    [InlineData("x {name", 1, 3)]
    [InlineData("x } y", 1, 3)]
    [InlineData("{na{me}", 1, 1)]
    public void Anything_else_is_a_mistake_with_its_place(string text, int line, int column)
    {
        var mistake = Assert.Single(_renderer.Check(new() { Subject = "s", Text = text }, TemplateFields.BuiltIn));
        Assert.Equal(("text", line, column), (mistake.Part, mistake.Line, mistake.Column));
    }

    [Fact]
    public void A_missing_field_fails_this_recipient_only()
    {
        var template = _renderer.Compile(new() { Subject = "s", Text = "{plan}" });
        Assert.Throws<TemplateException>(() => template.Render(Some.Recipient()));
        Assert.Equal("gold", template.Render(new(new Dictionary<string, object?> { ["plan"] = "gold" }, Some.Now)).Text);
    }

    [Fact]
    public void Data_in_braces_are_text_and_links_are_guarded()
    {
        var template = _renderer.Compile(new() { Subject = "s", Html = "<a href='{name}'>{name}</a>" });
        Assert.Equal("<a href='{email}'>{email}</a>", template.Render(Some.Recipient("{email}")).Html);
        Assert.Equal("<a href='#'>javascript:x</a>", template.Render(Some.Recipient("javascript:x")).Html);
    }

    [Fact]
    public void A_part_that_grows_too_large_is_an_error()
    {
        var template = _renderer.Compile(new() { Subject = "s", Text = "{name}{name}" });
        Assert.Throws<TemplateException>(() => template.Render(Some.Recipient(new string('x', 300_000))));
    }
}

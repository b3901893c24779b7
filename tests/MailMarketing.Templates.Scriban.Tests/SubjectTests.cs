namespace MailMarketing.Templates.Scriban.Tests;

public sealed class SubjectTests
{
    [Theory]
    [InlineData("x\r\nBcc: v@example.org")]
    [InlineData("x\ry")]
    [InlineData("x\ny")]
    [InlineData("x\0y")]
    [InlineData("x\u0085y")]
    [InlineData("x\u2028y")]
    public void Data_cannot_break_out_of_the_subject(string name)
    {
        foreach (var (renderer, subject) in new (ITemplateRenderer, string)[]
                 { (Some.Renderer, "Hi {{ name }}"), (new BracesRenderer(), "Hi {name}") })
        {
            var template = renderer.Compile(new TemplateSource { Subject = subject, Text = "t" });
            Assert.Throws<TemplateException>(() => template.Render(Some.Recipient(name)));
            Assert.Equal("Hi Ada", template.Render(Some.Recipient()).Subject);
        }
    }

    [Fact]
    public void Half_a_character_is_no_subject() =>
        Assert.Throws<TemplateException>(() => Some.Render(new() { Subject = "{{ name }}", Text = "t" }, Some.Recipient("a\ud800b")));

    [Fact]
    public void A_subject_has_at_most_255_code_points()
    {
        var source = new TemplateSource { Subject = "{{ name }}", Text = "t" };
        var longest = string.Concat(Enumerable.Repeat("😀", 255));
        Assert.Equal(longest, Some.Render(source, Some.Recipient(longest)).Subject);
        Assert.Throws<TemplateException>(() => Some.Render(source, Some.Recipient(longest + "x")));
    }

    [Fact]
    public void A_line_break_that_the_author_wrote_is_a_mistake_with_its_place()
    {
        foreach (var renderer in new ITemplateRenderer[] { Some.Renderer, new BracesRenderer() })
        {
            var mistake = Assert.Single(renderer.Check(new() { Subject = "ab\ncd", Text = "t" }, TemplateFields.BuiltIn));
            Assert.Equal(("subject", 1, 3), (mistake.Part, mistake.Line, mistake.Column));
        }
    }
}

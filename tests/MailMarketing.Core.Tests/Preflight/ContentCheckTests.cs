namespace MailMarketing.Core.Tests.Preflight;

/// <summary>What is looked at in the HTML of an email.</summary>
public sealed class ContentCheckTests
{
    private const string Enough = "There is a lot to read here, and it goes on for a while, so that one image or two beside it look like what they "
        + "are: pictures in a letter. And there is more to come, since a letter is a letter, and an image is an image, and both are welcome in a letter of the kind that people like to read.";

    [Theory]
    [InlineData("https://example.org/a?b=1#c")]
    [InlineData("HTTP://example.org")]
    [InlineData("mailto:ada@example.org")]
    [InlineData("tel:+4930123")]
    [InlineData("#offers")]
    [InlineData(" https://example.org ")]
    public void A_link_that_leads_somewhere_is_well(string link) =>
        Assert.Equal(PreflightLevel.Ok, Look($"<a href=\"{link}\">x</a><h2 id='offers'>{Enough}</h2>", "links").Level);

    [Theory]
    [InlineData("#", "leads nowhere", PreflightLevel.Warning)]
    [InlineData("#nothing", "leads nowhere", PreflightLevel.Warning)]
    [InlineData("", "is empty", PreflightLevel.Warning)]
    [InlineData("  ", "is empty", PreflightLevel.Warning)]
    [InlineData("/shop", "has no https://", PreflightLevel.Warning)]
    [InlineData("//example.org/shop", "has no https://", PreflightLevel.Warning)]
    [InlineData("www.example.org", "has no https://", PreflightLevel.Warning)]
    [InlineData("mailto:", "leads nowhere", PreflightLevel.Warning)]
    [InlineData("file:///c:/mail.html", "begins with file:", PreflightLevel.Warning)]
    [InlineData("javascript:alert(1)", "is a script", PreflightLevel.Error)]
    [InlineData("JavaScript:void(0)", "is a script", PreflightLevel.Error)]
    [InlineData("https://", "is no address", PreflightLevel.Error)]
    [InlineData("https://exam ple.org", "is no address", PreflightLevel.Error)]
    public void A_link_that_leads_nowhere_is_shown_with_its_reason(string link, string reason, PreflightLevel level)
    {
        var item = Look($"<a href=\"{link}\">x</a><a href='https://example.org'>y</a>{Enough}", "links");
        Assert.Equal((level, "A link leads nowhere"), (item.Level, item.Title));
        Assert.Contains($"“{link}” {reason}", item.Detail, StringComparison.Ordinal);
        Assert.NotNull(item.Remedy);
    }

    [Fact]
    public void Links_in_comments_styles_and_scripts_are_none() =>
        Assert.Equal("There are no links", Look("<!-- <a href='#'> --><style>/* <a href='#'> */</style><title><a href='#'></title><a name='x'>y</a>", "links").Title);

    [Theory]
    [InlineData("<img src='a.png' alt='Apples'>", PreflightLevel.Ok)]
    [InlineData("<img src='a.png' alt=''>", PreflightLevel.Ok)]
    [InlineData("<img src='a.png' width=1 height=1>", PreflightLevel.Ok)]
    [InlineData("<p>None</p>", PreflightLevel.Ok)]
    [InlineData("<img src='a.png'>", PreflightLevel.Warning)]
    [InlineData("<IMG SRC='a.png' title='Apples'/>", PreflightLevel.Warning)]
    public void An_image_needs_an_alternative_text(string html, PreflightLevel level)
    {
        var item = Look(html + Enough, "images-alt");
        Assert.Equal(level, item.Level);
        Assert.Equal(level == PreflightLevel.Ok ? null : "“a.png”", item.Detail);
    }

    [Theory]
    [InlineData(1, "Only a few words.", PreflightLevel.Warning)]
    [InlineData(1, "A few more words than in the last one.", PreflightLevel.Ok)]
    [InlineData(2, Enough, PreflightLevel.Ok)]
    [InlineData(3, Enough, PreflightLevel.Warning)]
    [InlineData(0, "", PreflightLevel.Ok)]
    public void Many_images_for_little_text_are_a_warning(int images, string text, PreflightLevel level)
    {
        var html = string.Concat(Enumerable.Repeat("<img src='a.png' alt='a'>", images));
        Assert.Equal(level, Look($"<style>{Enough}{Enough}</style>{html}<p>{text}</p>", "images-text").Level);
    }

    [Fact]
    public void Every_language_is_looked_at_and_each_mistake_is_told_once()
    {
        RenderedEmail[] emails = [new("s", $"<a href='https://example.org'>{Enough}</a>", null), new("s", $"<a href='#'>a</a><a href='#'>{Enough}</a>", null)];
        Assert.Equal("A link leads nowhere", ContentCheck.Of(emails).Single(item => item.Code == "links").Title);
        Assert.Empty(ContentCheck.Of([new("s", null, "text alone")]));
    }

    [Fact]
    public void Elements_as_deep_as_can_be_are_read()
    {
        var html = string.Concat(Enumerable.Repeat("<div>", 100_000)) + "<a href='#'>x</a>";
        Assert.Equal("A link leads nowhere", Look(html, "links").Title);
    }

    private static PreflightItem Look(string html, string code) => ContentCheck.Of([new("s", html, "t")]).Single(item => item.Code == code);
}

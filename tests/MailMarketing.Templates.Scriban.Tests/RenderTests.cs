using Microsoft.Extensions.DependencyInjection;

namespace MailMarketing.Templates.Scriban.Tests;

public sealed class RenderTests
{
    private static readonly TemplateSource Newsletter = new()
    {
        Subject = "News for {{ name }}",
        Html = "<html><body><h1>Dear {{ name ?? 'friend' }}</h1>"
            + "{{ for item in attributes.items }}<p class=\"item\">" + new string('x', 500)
            + "<a href=\"{{ item.url }}\">{{ item.title }}</a> {{ item.price }}</p>{{ end }}"
            + "{{ if attributes.vip }}<p>Thank you for your trust.</p>{{ end }}"
            + "<p><a href=\"{{ unsubscribe_url }}\">Unsubscribe</a> {{ date.now.year }}</p></body></html>",
        Text = "Dear {{ name }}, {{ unsubscribe_url }}",
    };

    [Fact]
    public void A_newsletter_renders_as_written()
    {
        var email = Some.Render(Newsletter, Reader("Ada & Bob"));
        Assert.Equal("News for Ada & Bob", email.Subject);
        Assert.StartsWith("<html><body><h1>Dear Ada &amp; Bob</h1><p class=\"item\">", email.Html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://example.org/4?a=1&amp;b=2\">Title 4</a> 4.5</p>", email.Html, StringComparison.Ordinal);
        Assert.Contains("Thank you", email.Html, StringComparison.Ordinal);
        Assert.EndsWith("<p><a href=\"https://example.org/unsubscribe\">Unsubscribe</a> 2026</p></body></html>", email.Html, StringComparison.Ordinal);
        Assert.InRange(email.Html!.Length, 2_500, 4_000);
        Assert.Equal("Dear Ada & Bob, https://example.org/unsubscribe", email.Text);
    }

    [Fact]
    public void The_same_recipient_gives_the_same_bytes()
    {
        var template = Some.Renderer.Compile(Newsletter);
        var first = template.Render(Reader("Ada"));
        template.Render(Reader("Bob"));
        Assert.Equal(first, template.Render(Reader("Ada")));
        Assert.Equal(first, Some.Renderer.Compile(Newsletter).Render(Reader("Ada")));
    }

    [Fact]
    public void Many_threads_render_one_template_without_mixing_recipients()
    {
        var template = Some.Renderer.Compile(Newsletter);
        Parallel.For(0, 5_000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, i =>
        {
            var email = template.Render(Reader($"n{i}"));
            Assert.Equal($"News for n{i}", email.Subject);
            Assert.Contains($"<h1>Dear n{i}</h1>", email.Html, StringComparison.Ordinal);
            Assert.StartsWith($"Dear n{i},", email.Text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Both_languages_are_registered_once()
    {
        var services = new ServiceCollection();
        new MailMarketingBuilder(services).UseScriban().UseScriban();
        Assert.Equal(["scriban", "braces"],
            services.BuildServiceProvider().GetServices<ITemplateRenderer>().Select(renderer => renderer.Language));
    }

    private static Recipient Reader(string name) => Some.Recipient(name,
        ("vip", true),
        ("items", Enumerable.Range(0, 5).Select(i => (object?)new Dictionary<string, object?>
        {
            ["url"] = $"https://example.org/{i}?a=1&b=2",
            ["title"] = $"Title {i}",
            ["price"] = i + 0.5m,
        }).ToList()));
}

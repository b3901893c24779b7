using Microsoft.Extensions.DependencyInjection;

namespace MailMarketing.Benchmarks;

/// <summary>A newsletter of 3 KB, and its 2 KB as text: ten fields, a condition and a list of three.</summary>
internal static class Newsletter
{
    private const string Told = "A story worth two minutes of your time, with a picture, three paragraphs and something to try out right "
        + "afterwards, whatever the weather is like today where you are reading this, on a train or at your desk with a cup of tea beside the "
        + "keyboard and the window open to the garden.";

    public const string Story = "<td style=\"font:16px/1.5 Arial,sans-serif;color:#20263a;padding:12px 0\">" + Told + "</td>";

    public const string Html = "<!doctype html><html><body><h1>Dear {{ first_name }}</h1><p>{{ name }} ({{ email }}) in {{ attributes.city }}"
        + "</p><table><tr>" + Story + "</tr><tr>" + Story + "</tr><tr>" + Story + "</tr></table>"
        + "{{ for item in attributes.items }}<p><a href=\"{{ item.url }}\">{{ item.title }}</a></p>{{ end }}"
        + "{{ if attributes.vip }}<p>Thank you for your {{ attributes.points }} points on the {{ attributes.plan }} plan.</p>{{ end }}"
        + "<table><tr>" + Story + "</tr><tr>" + Story + "</tr><tr>" + Story + "</tr></table>"
        + "<p>Until {{ attributes.month }}, {{ attributes.sender }}. <a href=\"{{ unsubscribe_url }}\">Unsubscribe</a></p></body></html>";

    public const string Text = "Dear {{ first_name }}\n\n{{ name }} ({{ email }}) in {{ attributes.city }}\n\n" + Told + "\n" + Told + "\n" + Told
        + "\n{{ for item in attributes.items }}{{ item.url }} {{ item.title }}\n{{ end }}"
        + "{{ if attributes.vip }}Thank you for your {{ attributes.points }} points on the {{ attributes.plan }} plan.\n{{ end }}"
        + Told + "\n" + Told + "\n" + Told + "\nUntil {{ attributes.month }}, {{ attributes.sender }}. Unsubscribe: {{ unsubscribe_url }}";

    public static Recipient Reader { get; } = new(
        new Dictionary<string, object?>(TemplateFields.Sample)
        {
            ["attributes"] = new Dictionary<string, object?>
            {
                ["city"] = "Ulm",
                ["vip"] = true,
                ["points"] = 1200L,
                ["plan"] = "Plus & more",
                ["month"] = "May",
                ["sender"] = "Ada's team",
                ["items"] = Enumerable.Range(1, 3).Select(i => (object?)new Dictionary<string, object?>
                {
                    ["url"] = $"https://example.org/{i}?a=1&b=2",
                    ["title"] = $"Story <{i}>",
                }).ToList(),
            },
        },
        DateTimeOffset.UnixEpoch);

    public static ICompiledTemplate Compile() => Compile(new() { Subject = "News for {{ name }}", Html = Html, Text = Text });

    public static ICompiledTemplate Compile(TemplateSource source)
    {
        var services = new ServiceCollection();
        new MailMarketingBuilder(services).UseScriban();
        using var provider = services.BuildServiceProvider();
        return provider.GetServices<ITemplateRenderer>().First(renderer => renderer.Language == source.Language).Compile(source);
    }
}

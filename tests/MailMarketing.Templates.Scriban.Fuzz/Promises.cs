using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace MailMarketing.Templates.Scriban.Fuzz;

/// <summary>What must hold of every template, whatever it says.</summary>
public static class Promises
{
    // Far more than a build or a render may take, even where others keep the machine busy.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly ITemplateBuilder Renderer = NewRenderer();

    private static readonly TemplateSurroundings Surroundings = new()
    {
        Parts = new Dictionary<string, TemplateSource>
        {
            ["part"] = new() { Subject = "", Html = "<i>{{ name }}</i>", Text = "{{ name }}", Kind = TemplateKind.Partial },
            ["ring"] = new() { Subject = "", Html = "{{ include 'ring' }}", Kind = TemplateKind.Partial },
            ["frame"] = new() { Subject = "", Html = "<body>{{ block 'a' }}{{ end }}{{ content }}</body>", Text = "{{ content }}", Kind = TemplateKind.Layout },
        },
        PublicUrl = new Uri("https://mail.example.org/"),
    };

    private static readonly Recipient Evil = new(
        new Dictionary<string, object?>(TemplateFields.Sample)
        {
            ["name"] = "<zz>\"'&{{ name }}",
            ["attributes"] = new Dictionary<string, object?>
            {
                ["city"] = "javascript:<zz>",
                ["tags"] = new List<object?> { "<zz>", 1L, null },
                ["nested"] = new Dictionary<string, object?> { ["a"] = "<zz>" },
            },
        },
        DateTimeOffset.UnixEpoch);

    /// <summary>What a source breaks, in words; null where every promise holds.</summary>
    public static string? Broken(string part)
    {
        foreach (var source in new[]
        {
            new TemplateSource { Subject = "s", Html = part },
            new TemplateSource { Subject = "s", Text = part },
            new TemplateSource { Subject = "s", Markdown = part, Preheader = part },
        })
        {
            var started = Stopwatch.GetTimestamp();
            try
            {
                if (Judge(source) is { } broken)
                {
                    return broken;
                }
            }
            catch (Exception exception)
            {
                return exception.ToString();
            }

            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                return $"It took {Stopwatch.GetElapsedTime(started)}.";
            }
        }

        return null;
    }

    private static string? Judge(TemplateSource source)
    {
        Compile(source);
        var build = Renderer.Build(source, Surroundings);
        if (build.Source is not { } built)
        {
            return build.Mistakes.Any(one => one.Severity == TemplateSeverity.Error) ? null : "It was refused without a mistake.";
        }

        if (Compile(built) is not { } template)
        {
            return "It was built and does not compile.";
        }

        try
        {
            var first = template.Render(Evil);
            var escapes = !source.ToString().Contains("raw", StringComparison.Ordinal);
            return first != template.Render(Evil) ? "Two renders differ."
                : escapes && first.Html?.Contains("<zz>", StringComparison.Ordinal) == true ? "Data were written unescaped."
                : first.Html?.Length > Limits.RenderedPart ? "The output is over the limit."
                : null;
        }
        catch (TemplateException)
        {
            return null;
        }
    }

    private static ICompiledTemplate? Compile(TemplateSource source)
    {
        try
        {
            return Renderer.Compile(source);
        }
        catch (TemplateException)
        {
            return null;
        }
    }

    private static ITemplateBuilder NewRenderer()
    {
        var services = new ServiceCollection();
        new MailMarketingBuilder(services).UseScriban();
        return services.BuildServiceProvider().GetServices<ITemplateRenderer>().OfType<ITemplateBuilder>().First();
    }
}

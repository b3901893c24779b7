using FsCheck;
using FsCheck.Fluent;
using MailMarketing.Templates.Scriban.Fuzz;
using MailMarketing.Templates.Scriban.Tests.Catalogue;

namespace MailMarketing.Templates.Scriban.Tests;

public sealed class PropertyTests
{
    private const int Seed = 20;

    private static readonly string[] Evil =
    [
        "<zz>", "&zz;", "</zz>", "\"", "'", "`", "<", "&", ">", "{{ name }}", "javascript:", "\r\n", "\r", "\n", "\0", "\u0085", "\u2028",
        "é", "😀", " ", "a",
    ];

    private static readonly Gen<string> Words =
        Gen.Choose(1, 5).SelectMany(count => Gen.ListOf(Gen.Elements(Evil), count)).Select(string.Concat);

    [Fact]
    public void What_the_check_says_nothing_of_never_lacks_a_name()
    {
        var (fine, refused) = (0, 0);
        foreach (var html in AuthorGrammar.Template.Sample(1_200, new Rnd(Seed), 20))
        {
            var build = Some.Build(new TemplateSource { Subject = "s", Html = html, Text = "t" }, ContactModel.Of<Shopper>());
            refused += build.Source is null ? 1 : 0;
            if (build.Mistakes.Count > 0)
            {
                continue;
            }

            fine++;
            var template = Some.Renderer.Compile(build.Source!);
            foreach (var attributes in new[] { Expect.Required, Expect.All })
            {
                var contact = new Dictionary<string, object?>(TemplateFields.Sample) { ["attributes"] = attributes };
                if (Record.Exception(() => template.Render(new Recipient(contact, Some.Now))) is { } failure)
                {
                    Assert.Fail($"{failure.Message}\n{html}");
                }
            }
        }

        Assert.InRange(fine, 100, 1_100);
        Assert.InRange(refused, 100, 1_100);
    }

    [Fact]
    public void Whatever_is_written_is_checked_without_a_failure()
    {
        foreach (var (part, i) in TemplateGrammar.Part.Sample(250, new Rnd(Seed), 16).Select((part, i) => (part, i)))
        {
            var source = (i % 3) switch
            {
                0 => new TemplateSource { Subject = part, Html = part },
                1 => new TemplateSource { Subject = "s", Markdown = part, Preheader = part },
                _ => new TemplateSource { Subject = "s", Text = part, Kind = TemplateKind.Partial },
            };
            var build = Some.Build(source);
            Assert.True(build.Source is not null || build.Mistakes.Any(one => one.Severity == TemplateSeverity.Error), part);
            Assert.NotNull(Some.Renderer.Check(source, TemplateFields.BuiltIn));
        }
    }

    [Fact]
    public void No_value_brings_markup_into_the_html()
    {
        var renders = 0;
        var parts = AuthorGrammar.Template.Where(html => !html.Contains("raw", StringComparison.Ordinal)).Sample(400, new Rnd(Seed), 20);
        foreach (var (html, value) in parts.Zip(Words.Sample(400, new Rnd(Seed), 5)))
        {
            foreach (var source in new[] { html, $"<a href=\"{html}\" title='{html}'>x</a>" })
            {
                if (Record.Exception(() => Some.Html(source, Contact(value))) is null && Some.Html(source, Contact(value)) is var written)
                {
                    renders++;
                    Assert.DoesNotContain("<zz", written, StringComparison.OrdinalIgnoreCase);
                    Assert.DoesNotContain("</zz", written, StringComparison.OrdinalIgnoreCase);
                    Assert.DoesNotContain("&zz", written, StringComparison.OrdinalIgnoreCase);
                }
            }
        }

        Assert.True(renders > 100, $"{renders}");
    }

    [Fact]
    public void No_value_brings_a_second_line_into_the_subject()
    {
        var (renders, failures) = (0, 0);
        foreach (var (subject, value) in AuthorGrammar.Template.Sample(800, new Rnd(Seed), 12).Zip(Words.Sample(800, new Rnd(Seed + 1), 5)))
        {
            try
            {
                var email = Some.Render(new TemplateSource { Subject = subject, Text = "t" }, Contact(value));
                Assert.DoesNotContain(email.Subject, letter => char.IsControl(letter) || letter is '\u2028' or '\u2029');
                renders++;
            }
            catch (TemplateException)
            {
                failures++;
            }
        }

        Assert.True(renders > 50 && failures > 50, $"{renders} {failures}");
    }

    private static Recipient Contact(string value)
    {
        var fields = TemplateFields.Sample.ToDictionary(field => field.Key, _ => (object?)value);
        fields["attributes"] = With(Expect.All, value);
        return new Recipient(fields, Some.Now);
    }

    private static object? With(object? of, string value) => of switch
    {
        string => value,
        IReadOnlyDictionary<string, object?> members => members.ToDictionary(member => member.Key, member => With(member.Value, value)),
        List<object?> items => items.Select(item => With(item, value)).ToList(),
        _ => of,
    };
}

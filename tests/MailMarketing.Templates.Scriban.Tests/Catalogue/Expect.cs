using System.Globalization;

namespace MailMarketing.Templates.Scriban.Tests.Catalogue;

/// <summary>Judges a row of the catalogue: a template, and what the check says of it.</summary>
internal static class Expect
{
    private static readonly (string, TemplateSource)[] Parts =
    [
        ("base", Some.Layout("<b>{{ block 'title' }}News{{ end }}</b>{{ content }}")),
        ("footer", Some.Partial("bye {{ first_name ?? 'you' }}")),
        ("greeting", Some.Partial("Hi {{ person }}")),
        ("doubtful", Some.Partial("\n{{ attributes.plan }}")),
        ("ring", Some.Partial("{{ include 'ring' }}")),
    ];

    public static readonly Dictionary<string, object?> Required = new()
    {
        ["city"] = "Ulm",
        ["points"] = 12L,
        ["vip"] = true,
        ["birthday"] = "1990-12-31",
        ["tags"] = new List<object?> { "a", "b" },
        ["orders"] = new List<object?>
        {
            new Dictionary<string, object?> { ["title"] = "Tea", ["price"] = 3.5m, ["sizes"] = new List<object?> { 1L } },
        },
        ["work"] = new Dictionary<string, object?> { ["street"] = "Main 1" },
        ["extra"] = new Dictionary<string, object?> { ["anything"] = "x" },
    };

    public static readonly Dictionary<string, object?> All = new(Required)
    {
        ["plan"] = "gold",
        ["score"] = 1.5,
        ["renews_at"] = "2026-12-31T23:30:00Z",
        ["home"] = new Dictionary<string, object?> { ["street"] = "Side 2", ["zip"] = "1" },
        ["free"] = new Dictionary<string, object?> { ["anything"] = "x" },
        ["orders"] = new List<object?>
        {
            new Dictionary<string, object?> { ["title"] = "Tea", ["price"] = 3.5m, ["note"] = "hot", ["sizes"] = new List<object?> { 1L } },
        },
        ["work"] = new Dictionary<string, object?> { ["street"] = "Main 1", ["zip"] = "2" },
    };

    /// <summary>
    /// A mistake is told as <c>error 1:4 words … more words</c>, with the template before the line where it is another one. What nothing
    /// is said of renders, for a contact that has everything and for one that has only what every contact has.
    /// </summary>
    public static void Says(string html, params string[] expected)
    {
        var build = Some.Build(new TemplateSource { Subject = "s", Html = html, Text = "t" }, ContactModel.Of<Shopper>(), Parts);
        var told = string.Join('\n', build.Mistakes.Select(Told));
        Assert.True(expected.Length == build.Mistakes.Count, told);
        foreach (var (row, mistake) in expected.Zip(build.Mistakes))
        {
            foreach (var words in row.Split(" … "))
            {
                Assert.Contains(words, Told(mistake), StringComparison.Ordinal);
            }

            Assert.StartsWith(row.Split(" … ")[0], Told(mistake), StringComparison.Ordinal);
        }

        Assert.Equal(build.Source is null, build.Mistakes.Any(mistake => mistake.Severity == TemplateSeverity.Error));
        foreach (var attributes in new[] { Required, All }.Where(_ => expected.Length == 0))
        {
            var contact = new Dictionary<string, object?>(TemplateFields.Sample) { ["attributes"] = attributes };
            Assert.NotNull(Some.Render(build.Source!, new Recipient(contact, Some.Now)).Html);
        }
    }

    private static string Told(TemplateMistake mistake)
    {
        var severity = mistake.Severity == TemplateSeverity.Error ? "error" : "warning";
        var template = mistake.Template is { } name ? name + " " : "";
        return string.Create(CultureInfo.InvariantCulture, $"{severity} {template}{mistake.Line}:{mistake.Column} {mistake.Message}");
    }
}

using System.Globalization;

namespace MailMarketing.EndToEnd;

/// <summary>A newsletter of 3 KB with ten fields, and whom it goes to.</summary>
internal static class Audience
{
    private const string Stories = "<table><tr>" + Newsletter.Story + "</tr><tr>" + Newsletter.Story + "</tr><tr>" + Newsletter.Story + "</tr></table>";

    private const string Html = "<!doctype html><html><body><h1>Dear {{ first_name }}</h1><p>{{ name }} ({{ email }}) in {{ attributes.city }}</p>"
        + Stories + "<p><a href=\"https://example.org/{{ attributes.path }}\">{{ attributes.title }}</a></p>"
        + "{{ if attributes.plan }}<p>Thank you for your {{ attributes.points }} points on the {{ attributes.plan }} plan.</p>{{ end }}"
        + Stories + "<p>Until May, {{ attributes.sender }}. <a href=\"{{ unsubscribe_url }}\">Unsubscribe</a></p></body></html>";

    private static readonly (string Column, string Value)[] _attributes =
        [("city", "Ulm"), ("path", "story"), ("title", "Story <1>"), ("points", "1200"), ("plan", "Plus & more"), ("sender", "Ada's team")];

    public static TemplateSource Template { get; } = new() { Subject = "News for {{ first_name }}", Html = Html };

    /// <summary>One of them, for the ceiling's body.</summary>
    public static Recipient Reader { get; } = new(
        new Dictionary<string, object?>(TemplateFields.Sample)
        {
            ["attributes"] = _attributes.ToDictionary(one => one.Column, one => (object?)one.Value),
        },
        DateTimeOffset.UnixEpoch);

    /// <summary>People as a file that is gone once it is closed, so that memory does not hold it.</summary>
    public static Stream Csv(int people)
    {
        var file = new FileStream(
            Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose);
        using (var text = new StreamWriter(file, leaveOpen: true))
        {
            text.Write("email,name,firstName" + string.Concat(_attributes.Select(one => "," + one.Column)) + "\n");
            var values = string.Concat(_attributes.Select(one => "," + one.Value));
            for (var number = 1; number <= people; number++)
            {
                text.Write(string.Create(CultureInfo.InvariantCulture, $"person{number}@example.org,Ada Lovelace {number},Ada{values}\n"));
            }
        }

        file.Position = 0;
        return file;
    }
}

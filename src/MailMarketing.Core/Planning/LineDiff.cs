using System.Globalization;

namespace MailMarketing;

/// <summary>Finds the lines that two versions of a template have in common.</summary>
internal static class LineDiff
{
    // The table of a comparison has a cell for each pair of lines; larger parts are shown as replaced.
    private const int MostCells = 4_000_000;

    public static IReadOnlyList<TemplateLine> Of(TemplateVersion before, TemplateVersion after)
    {
        var (was, now) = (PartsOf(before), PartsOf(after));
        return [.. was.Keys.Union(now.Keys).Where(part => was.GetValueOrDefault(part) != now.GetValueOrDefault(part))
            .SelectMany(part => Lines(part, was.GetValueOrDefault(part), now.GetValueOrDefault(part)))];
    }

    private static Dictionary<string, string?> PartsOf(TemplateVersion version)
    {
        var source = version.Source;
        var parts = new Dictionary<string, string?>
        {
            ["name"] = version.Name,
            ["kind"] = source.Kind.ToString(),
            ["language"] = source.Language,
            ["subject"] = source.Subject,
            ["preheader"] = source.Preheader,
            ["html"] = source.Html,
            ["markdown"] = source.Markdown,
            ["text"] = source.Text,
            ["attachments"] = source.Attachments is { Count: > 0 } files ? string.Join('\n', files.Select(Said)) : null,
        };
        foreach (var (language, translation) in source.Translations ?? new Dictionary<string, TemplateTranslation>())
        {
            parts[$"{language}.subject"] = translation.Subject;
            parts[$"{language}.preheader"] = translation.Preheader;
            parts[$"{language}.html"] = translation.Html;
            parts[$"{language}.markdown"] = translation.Markdown;
            parts[$"{language}.text"] = translation.Text;
        }

        return parts;
    }

    // Other content is another hash
    private static string Said(Attachment file) => string.Create(
        CultureInfo.InvariantCulture, $"{file.Name} ({file.ContentType}, {file.Size} bytes, {file.Hash[..12]})");

    private static List<TemplateLine> Lines(string part, string? before, string? after)
    {
        var (was, now) = (Split(before), Split(after));
        var start = 0;
        while (start < was.Length && start < now.Length && was[start] == now[start])
        {
            start++;
        }

        var end = 0;
        while (end < was.Length - start && end < now.Length - start && was[^(end + 1)] == now[^(end + 1)])
        {
            end++;
        }

        return
        [
            .. was[..start].Select(line => new TemplateLine(part, TemplateLineChange.Kept, line)),
            .. Middle(part, was[start..^end], now[start..^end]),
            .. was[^end..].Select(line => new TemplateLine(part, TemplateLineChange.Kept, line)),
        ];
    }

    private static IEnumerable<TemplateLine> Middle(string part, string[] was, string[] now)
    {
        var common = (long)was.Length * now.Length <= MostCells ? Common(was, now) : new int[1, 1];
        int i = 0, j = 0;
        while (i < was.Length || j < now.Length)
        {
            var isSmall = common.Length > 1;
            if (i < was.Length && j < now.Length && isSmall && was[i] == now[j])
            {
                yield return new(part, TemplateLineChange.Kept, was[i++]);
                j++;
            }
            else if (i < was.Length && (j == now.Length || !isSmall || common[i + 1, j] >= common[i, j + 1]))
            {
                yield return new(part, TemplateLineChange.Removed, was[i++]);
            }
            else
            {
                yield return new(part, TemplateLineChange.Added, now[j++]);
            }
        }
    }

    /// <summary>The length of what the rests of both have in common, from each pair of lines on.</summary>
    private static int[,] Common(string[] was, string[] now)
    {
        var common = new int[was.Length + 1, now.Length + 1];
        for (var i = was.Length - 1; i >= 0; i--)
        {
            for (var j = now.Length - 1; j >= 0; j--)
            {
                common[i, j] = was[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }

    private static string[] Split(string? text) => text is null ? [] : text.ReplaceLineEndings("\n").Split('\n');
}

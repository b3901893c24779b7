using System.Text.RegularExpressions;
using Markdig;

namespace MailMarketing.Templates.Scriban;

/// <summary>Makes an HTML template of one in Markdown; its tags stay as they are.</summary>
internal static partial class MarkdownBody
{
    private const string Marks = ">*_[!-+~";

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseEmphasisExtras().UseAutoLinks().Build();

    /// <summary>The HTML, or null where quotations, lists or emphases stand in each other deeper than anybody reads.</summary>
    public static string? ToHtml(string markdown)
    {
        var shield = TagShield.OfMarkdown(ApartFromText(markdown));
        string html;
        try
        {
            html = DeepStack.Run(() => Markdown.ToHtml(shield.Text, Pipeline));
        }
        catch (ArgumentException)
        {
            // The library's way to say so.
            return null;
        }

        return shield.Restore(Paragraph().Replace(html, match => IsSilent(shield, match.Groups[1].Value) ? match.Groups[1].Value : match.Value));
    }

    /// <summary>The mistake of a text that <see cref="ToHtml"/> gives null for, at its line with the most marks.</summary>
    public static TemplateMistake TooDeep(PartText part)
    {
        var (start, at, most) = (0, 0, -1);
        foreach (var line in part.Text.Split('\n'))
        {
            if (line.Count(Marks.Contains) is var marks && marks > most)
            {
                (start, most) = (at, marks);
            }

            at += line.Length + 1;
        }

        return part.At(start, "Quotations, lists or emphases stand in each other too deeply here; use fewer.");
    }

    /// <summary>A tag that prints nothing and stands alone in its line is no part of the paragraphs around it.</summary>
    private static string ApartFromText(string markdown)
    {
        var silent = Tag.Of(markdown).Where(tag => tag.IsSilent).ToDictionary(tag => tag.Start);
        var lines = markdown.Split('\n');
        var at = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            var start = at + line.Length - line.TrimStart().Length;
            at += line.Length + 1;
            if (silent.TryGetValue(start, out var tag) && tag.End == start + line.Trim().Length)
            {
                lines[i] = $"\n{line}\n";
            }
        }

        return string.Join('\n', lines);
    }

    private static bool IsSilent(TagShield shield, string content) =>
        shield.Split(content).All(piece => piece.Tag?.IsSilent ?? string.IsNullOrWhiteSpace(piece.Literal));

    [GeneratedRegex("<p>([^<]*)</p>", RegexOptions.CultureInvariant)]
    private static partial Regex Paragraph();
}

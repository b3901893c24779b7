using System.Text;

namespace MailMarketing.Templates.Scriban;

/// <summary>What is the same for the parts of a template in every language.</summary>
internal static class TemplateParts
{
    public const string Subject = "subject";
    public const string Html = "html";
    public const string Text = "text";
    public const string Markdown = "markdown";
    public const string Preheader = "preheader";

    /// <summary>The parts that a template has, by name.</summary>
    public static IEnumerable<(string Name, string Source)> Of(TemplateSource source)
    {
        yield return (Subject, source.Subject);
        if (source.Html is not null)
        {
            yield return (Html, source.Html);
        }

        if (source.Text is not null)
        {
            yield return (Text, source.Text);
        }
    }

    /// <summary>The mistake of a part that is too large to be looked at, or null.</summary>
    public static TemplateMistake? TooLarge(string part, string source) =>
        source.Length > Limits.TemplateSource || Encoding.UTF8.GetByteCount(source) > Limits.TemplateSource
            ? new TemplateMistake(part, 1, 1, $"This part is larger than {Limits.TemplateSource / 1024} KiB; shorten it.")
            : null;

    /// <summary>The first control character that the author wrote into the subject, as a mistake, or null.</summary>
    public static TemplateMistake? ControlInSubject(string subject, Func<int, bool> isLiteral)
    {
        for (var i = 0; i < subject.Length; i++)
        {
            if (SubjectLine.IsForbidden(subject[i]) && isLiteral(i))
            {
                var (line, column) = Place(subject, i);
                return new TemplateMistake(Subject, line, column, "A subject is one line without control characters; remove this one.");
            }
        }

        return null;
    }

    /// <summary>Line and column, from 1, of an offset.</summary>
    public static (int Line, int Column) Place(string source, int offset)
    {
        var before = source.AsSpan(0, offset);
        return (before.Count('\n') + 1, offset - before.LastIndexOf('\n'));
    }

    /// <summary>The failure of a template that does not compile.</summary>
    public static TemplateException Failure(TemplateMistake mistake) =>
        new($"The template's {mistake.Part} does not compile, line {mistake.Line}, column {mistake.Column}: {mistake.Message}");
}

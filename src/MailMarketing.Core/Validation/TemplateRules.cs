using System.Text;

namespace MailMarketing;

/// <summary>What a template must look like before its language looks at it.</summary>
internal static class TemplateRules
{
    public static Problem? Check(TemplateSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var errors = new FieldErrors();
        Check(source, errors);
        return errors.ToProblem();
    }

    public static Problem? Check(string name, TemplateSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var errors = new FieldErrors();
        errors.Add("name", TextRules.RequiredName(name, "The name"));
        Check(source, errors);
        return errors.ToProblem();
    }

    private static void Check(TemplateSource source, FieldErrors errors)
    {
        errors.Add("subject", TextRules.Subject(source.Subject));
        errors.Add("html", JudgePart(source.Html, "The HTML part"));
        errors.Add("text", JudgePart(source.Text, "The text part"));
        if (string.IsNullOrWhiteSpace(source.Html) && string.IsNullOrWhiteSpace(source.Text))
        {
            errors.Add("html", "The template needs an HTML part, a text part or both.");
        }
    }

    private static string? JudgePart(string? part, string what)
    {
        if (part is null)
        {
            return null;
        }

        return TextRules.Body(part, what)
            ?? (Encoding.UTF8.GetByteCount(part) > Limits.TemplateSource
                ? $"{what} is longer than {Limits.TemplateSource / 1024} KiB."
                : null);
    }
}

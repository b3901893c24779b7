using System.Text;

namespace MailMarketing;

/// <summary>What a template must look like before its language looks at it.</summary>
internal static class TemplateRules
{
    private const int MaxTranslations = 50;

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
        if (!Enum.IsDefined(source.Kind))
        {
            errors.Add("kind", "The kind must be email, layout or partial.");
        }

        // Layouts and partials are parts of emails, which have the subject.
        errors.Add("subject", source.Kind == TemplateKind.Email ? TextRules.Subject(source.Subject) : null);
        errors.Add(
            "attachments", source is { Kind: not TemplateKind.Email, Attachments.Count: > 0 } ? "Only emails carry files, not their parts." : null);
        Check("", source.Html, source.Markdown, source.Text, source.Preheader, errors);
        if (source.Translations is not { } translations)
        {
            return;
        }

        errors.Add("translations", translations.Count > MaxTranslations ? $"There are at most {MaxTranslations} translations." : null);
        foreach (var (language, translation) in translations.Take(MaxTranslations))
        {
            var prefix = $"translations.{language}.";
            errors.Add(prefix + "subject", TextRules.Subject(translation.Subject));
            Check(prefix, translation.Html, translation.Markdown, translation.Text, translation.Preheader, errors);
        }
    }

    private static void Check(string prefix, string? html, string? markdown, string? text, string? preheader, FieldErrors errors)
    {
        errors.Add(prefix + "html", JudgePart(html, "The HTML part"));
        errors.Add(prefix + "markdown", JudgePart(markdown, "The Markdown part"));
        errors.Add(prefix + "text", JudgePart(text, "The text part"));
        errors.Add(prefix + "preheader", JudgePart(preheader, "The preheader"));
        if (string.IsNullOrWhiteSpace(html) && string.IsNullOrWhiteSpace(markdown) && string.IsNullOrWhiteSpace(text))
        {
            errors.Add(prefix + "html", "The template needs an HTML part, a text part or both.");
        }

        if (html is not null && markdown is not null)
        {
            errors.Add(prefix + "markdown", "The HTML part is written in HTML or in Markdown; leave one of them out.");
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

using System.Globalization;

namespace MailMarketing.Templates.Scriban;

/// <summary>The last look at a rendered subject before it becomes a header.</summary>
internal static class SubjectLine
{
    /// <summary>C0, DEL, C1 and the two line separators of Unicode.</summary>
    public static bool IsForbidden(char character) => char.IsControl(character) || character is '\u2028' or '\u2029';

    /// <summary>The subject itself, or a failure that says what is wrong with it.</summary>
    public static string Checked(string subject)
    {
        var points = 0;
        for (var i = 0; i < subject.Length; i++, points++)
        {
            var character = subject[i];
            if (IsForbidden(character))
            {
                var code = ((int)character).ToString("X4", CultureInfo.InvariantCulture);
                throw new TemplateException(
                    $"The subject contains the control character U+{code} for this recipient; remove it from the contact's data.");
            }

            if (char.IsSurrogate(character))
            {
                if (i + 1 == subject.Length || !char.IsSurrogatePair(character, subject[i + 1]))
                {
                    throw new TemplateException("The subject contains half of a character (a lone surrogate) for this recipient.");
                }

                i++;
            }
        }

        return points <= Limits.Subject
            ? subject
            : throw new TemplateException($"The subject is longer than {Limits.Subject} characters for this recipient.");
    }
}

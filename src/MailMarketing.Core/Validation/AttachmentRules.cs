using System.Globalization;
using System.Text.RegularExpressions;

namespace MailMarketing;

/// <summary>What files that emails carry must look like.</summary>
internal static partial class AttachmentRules
{
    // Names and types end up in headers of a MIME message, and names on the disks of recipients
    private const int LongestType = 127;

    /// <summary>What is wrong with a file's name; null where it can be one.</summary>
    public static string? JudgeName(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return "The file needs a name, as in terms.pdf.";
        }

        if (TextRules.Line(name, "The file's name", Limits.FileName) is { } mistake)
        {
            return mistake;
        }

        if (name.AsSpan().ContainsAny('/', '\\') || name.Trim('.', ' ').Length == 0)
        {
            return "The file's name must not name folders: give it without them, as in terms.pdf.";
        }

        return name.EnumerateRunes().Any(rune => System.Text.Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format)
            ? "The file's name has characters that cannot be seen, such as those that turn the direction of writing: leave them out."
            : null;
    }

    /// <summary>What is wrong with a content type; null where it can be one.</summary>
    public static string? JudgeType(string? type) =>
        type is null || type.Length > LongestType || !ContentType().IsMatch(type)
            ? "The content type must be one without parameters, as in application/pdf."
            : type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) || type.StartsWith("message/", StringComparison.OrdinalIgnoreCase)
                ? $"A file cannot be {type}, which says how emails are put together: use application/octet-stream."
                : null;

    /// <summary>What is wrong with a list of files, whether they are stored or not; null where nothing is.</summary>
    public static string? Judge(IReadOnlyList<Attachment>? files)
    {
        if (files is null)
        {
            return null;
        }

        if (files.Count > Limits.Attachments)
        {
            return $"There are {files.Count} files; an email carries at most {Limits.Attachments}.";
        }

        if (files.GroupBy(file => file.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            return $"Two files are called {twice.Key}: give each a name of its own.";
        }

        return files.Select(Judge).FirstOrDefault(mistake => mistake is not null);
    }

    /// <summary>What is wrong with one file; null where nothing is.</summary>
    public static string? Judge(Attachment file) =>
        JudgeName(file.Name) ?? JudgeType(file.ContentType)
        ?? (Hash().IsMatch(file.Hash ?? "") ? null : "A file is named by the hash that its upload answered: 64 digits of 0 to 9 and a to f.")
        ?? (file.Size > 0 ? null : $"The file {file.Name} is empty.");

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*\z", RegexOptions.NonBacktracking)]
    private static partial Regex ContentType();

    [GeneratedRegex(@"\A[0-9a-f]{64}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Hash();
}

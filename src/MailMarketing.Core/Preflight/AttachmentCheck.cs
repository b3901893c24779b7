using System.Globalization;

namespace MailMarketing;

/// <summary>Looks at the files that every email of a campaign carries.</summary>
internal static class AttachmentCheck
{
    private const long Large = 1024 * 1024;

    // What the large mailbox providers refuse as a matter of course
    private static readonly string[] Programs =
    [
        ".ade", ".apk", ".bat", ".cab", ".chm", ".cmd", ".com", ".dll", ".exe", ".hta", ".iso", ".jar", ".js", ".lnk", ".msi", ".ps1", ".reg",
        ".scr", ".vbs", ".wsf",
    ];

    public static IEnumerable<PreflightItem> Of(IReadOnlyList<Attachment> files)
    {
        if (files.Count == 0)
        {
            return [];
        }

        var size = files.Sum(file => file.Size);
        var detail = string.Create(
            CultureInfo.InvariantCulture, $"{string.Join(", ", files.Select(file => file.Name))}: {(size + 1023) / 1024} KiB for each recipient.");
        return files.FirstOrDefault(file => Programs.Any(ending => file.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))) is { } program
            ? [PreflightItem.Warning(
                "attachments", "A file is a program", $"{program.Name}. {detail}",
                "Link to it instead: mailbox providers refuse emails that carry programs.")]
            : size > Large
                ? [PreflightItem.Warning(
                    "attachments", "The files are large", detail, "Link to them instead: filters distrust large files in mail to many people.")]
                : [PreflightItem.Ok("attachments", files.Count == 1 ? "A file is attached" : $"{files.Count} files are attached", detail)];
    }
}

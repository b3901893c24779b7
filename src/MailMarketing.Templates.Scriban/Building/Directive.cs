using System.Text.RegularExpressions;

namespace MailMarketing.Templates.Scriban;

/// <summary>A tag that puts templates together: <c>layout</c>, <c>include</c>, <c>block</c> or <c>content</c>.</summary>
/// <param name="Tag">Where it stands.</param>
/// <param name="Word">Which one.</param>
/// <param name="Name">The name that it gives; empty for <c>content</c>.</param>
internal sealed partial record Directive(Tag Tag, string Word, string Name)
{
    /// <summary>The directive that a tag is, or null.</summary>
    public static Directive? Of(Tag tag) => tag.Code == "content"
        ? new Directive(tag, "content", "")
        : Pattern().Match(tag.Code) is { Success: true, Groups: var groups }
            ? new Directive(tag, groups[1].Value, groups[3].Value.Trim())
            : null;

    [GeneratedRegex("""^(layout|include|block)\s+(["'])([^"'\\]{1,128})\2$""", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}

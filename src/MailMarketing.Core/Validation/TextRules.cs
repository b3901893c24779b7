using System.Buffers;
using System.Text;

namespace MailMarketing;

/// <summary>What texts may look like; every rule gives the mistake as a sentence, or null.</summary>
internal static class TextRules
{
    /// <summary>Drops the white space around a text; null where nothing is left.</summary>
    public static string? Trim(string? text) => text?.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    public static string? RequiredName(string? name, string what) =>
        Trim(name) is { } trimmed ? Name(trimmed, what) : $"{what} is required.";

    public static string? Name(string? name, string what) => name is null ? null : Line(name, what, Limits.Name);

    public static string? Subject(string? subject) =>
        Trim(subject) is null ? "The subject is required." : Line(subject!, "The subject", Limits.Subject);

    /// <summary>One line of text, of so many code points at most.</summary>
    public static string? Line(string text, string what, int max)
    {
        // Most are plain
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text.Length > max ? $"{what} is longer than {max} characters." : null;
        }

        if (Body(text, what) is { } mistake)
        {
            return mistake;
        }

        if (text.EnumerateRunes().Any(IsBreak))
        {
            return $"{what} must not contain line breaks or other control characters.";
        }

        return text.EnumerateRunes().Count() > max ? $"{what} is longer than {max} characters." : null;
    }

    /// <summary>Any text that can be stored and encoded: no NUL, no half of a surrogate pair.</summary>
    public static string? Body(string text, string what)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return $"{what} must not contain the NUL character.";
        }

        return HasLoneSurrogate(text) ? $"{what} contains half of a character (a lone surrogate); type it again." : null;
    }

    private static bool IsBreak(Rune rune) => Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029;

    private static bool HasLoneSurrogate(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var used) != OperationStatus.Done)
            {
                return true;
            }

            text = text[used..];
        }

        return false;
    }
}

using System.Text;

namespace MailMarketing.Storage.Postgres;

/// <summary>How values of the nouns become values of columns.</summary>
internal static class Stored
{
    /// <summary>
    /// What a gateway said, with a mark in place of NUL and halves of characters, which PostgreSQL refuses: an outcome must be kept
    /// whatever it says.
    /// </summary>
    public static string? Text(string? text) => text is null || Ascii.IsValid(text) && !text.Contains('\0')
        ? text
        : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');

    /// <summary>One column of many rows.</summary>
    public static TValue[] Column<TRow, TValue>(this IEnumerable<TRow> rows, Func<TRow, TValue> value) => [.. rows.Select(value)];
}

using System.Buffers.Text;
using System.Text;

namespace MailMarketing.Storage;

/// <summary>Cursors and search words. A cursor is the key of the page's last item, with a letter for the list it belongs to.</summary>
internal static class Paging
{
    /// <summary>Reads the id a page begins after; below or above every id for the first page.</summary>
    public static long After(this PageRequest page, char list)
    {
        var text = page.AfterText(page.Mark(list));
        return text is null ? (page.NewestFirst ? long.MaxValue : 0)
            : long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id) ? id
            : throw new InvalidCursorException();
    }

    /// <summary>The ids of the rows after those of the page before, as a condition on <paramref name="id"/> with the parameter @after.</summary>
    public static string Following(this PageRequest page, string id) => page.NewestFirst ? $"{id} < @after" : $"{id} > @after";

    /// <summary>The order of a list by <paramref name="id"/>.</summary>
    public static string Order(this PageRequest page, string id) => page.NewestFirst ? $"ORDER BY {id} DESC" : $"ORDER BY {id}";

    /// <summary>Reads the text a page begins after; null for the first page.</summary>
    public static string? AfterText(this PageRequest page, char list)
    {
        if (page.Limit is < 1 or > PageRequest.MaxLimit)
        {
            throw new ArgumentOutOfRangeException(nameof(page), page.Limit, "A page has 1 to 1000 items.");
        }

        if (page.Cursor is null)
        {
            return null;
        }

        if (page.Cursor.Length > 2000 || !Base64Url.IsValid(page.Cursor))
        {
            throw new InvalidCursorException();
        }

        var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(page.Cursor));
        return text.Length > 1 && text[0] == list && !text.Any(char.IsControl) ? text[1..] : throw new InvalidCursorException();
    }

    /// <summary>Makes a page of rows read with a limit of one more than asked.</summary>
    public static Page<T> ToPage<T>(this IReadOnlyList<T> rows, PageRequest page, char list, Func<T, long> key) =>
        rows.ToPage(page, page.Mark(list), row => (object)key(row));

    /// <summary>The same for a list whose key is a text.</summary>
    public static Page<T> ToPage<T>(this IReadOnlyList<T> rows, PageRequest page, char list, Func<T, object> key) =>
        rows.Count <= page.Limit
            ? new Page<T>(rows, null)
            : new Page<T>([.. rows.Take(page.Limit)], Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{list}{key(rows[page.Limit - 1])}")));

    /// <summary>The pattern of a LIKE with ESCAPE '\' over text in lower case; null where nothing is searched.</summary>
    public static string? Pattern(this PageRequest page) => string.IsNullOrEmpty(page.Search)
        ? null
        : $"%{Fold(page.Search).Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";

    /// <summary>The key of the address that is searched, where all of one was given; null otherwise. Whom it belongs to is found by an index.</summary>
    public static string? AddressKey(this PageRequest page) =>
        page.Search is not null && page.Cursor is null && EmailAddress.TryParse(page.Search, out var address, out _) ? address.Key : null;

    // A cursor of one direction means nothing in the other.
    private static char Mark(this PageRequest page, char list) => page.NewestFirst ? char.ToUpperInvariant(list) : list;

    /// <summary>What makes names equal whatever their case.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Globalization", "CA1308", Justification = "As addresses are compared: in lower case.")]
    public static string Fold(string text) => text.Normalize(NormalizationForm.FormC).ToLowerInvariant();
}

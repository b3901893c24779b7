namespace MailMarketing;

/// <summary>Which part of a list is wanted.</summary>
public record PageRequest
{
    /// <summary>The largest <see cref="Limit"/>.</summary>
    public const int MaxLimit = 1000;

    /// <summary>How many items at most, 1 to 1000; default 50.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>The <see cref="Page{T}.NextCursor"/> of the page before; null for the first page.</summary>
    public string? Cursor { get; init; }

    /// <summary>Text that an item's name or address contains, whatever its case; null for all.</summary>
    public string? Search { get; init; }
}

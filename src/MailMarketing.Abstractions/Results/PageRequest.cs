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

    /// <summary>
    /// The newest first, by id; default false. Lists that are in another order than by id take no notice. A cursor belongs to the
    /// direction it came from.
    /// </summary>
    public bool NewestFirst { get; init; }
}

namespace MailMarketing;

/// <summary>A part of a list, in ascending order of id.</summary>
/// <param name="Items">The items, at most <see cref="PageRequest.Limit"/>.</param>
/// <param name="NextCursor">What to ask the next page with; null on the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

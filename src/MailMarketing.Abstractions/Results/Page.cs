namespace MailMarketing;

/// <summary>A part of a list, by id: ascending, or descending where <see cref="PageRequest.NewestFirst"/>.</summary>
/// <param name="Items">The items, at most <see cref="PageRequest.Limit"/>.</param>
/// <param name="NextCursor">What to ask the next page with; null on the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

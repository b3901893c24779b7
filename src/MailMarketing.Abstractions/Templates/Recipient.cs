namespace MailMarketing;

/// <summary>The data one email is rendered with.</summary>
/// <param name="Fields">
/// Flat names to values: null, string, bool, long, decimal or double, nested <see cref="IReadOnlyDictionary{TKey, TValue}"/> of the
/// same and <see cref="IReadOnlyList{T}"/> of the same. Renderers read them and never write.
/// </param>
/// <param name="Now">The template's only clock: when the campaign was frozen.</param>
public sealed record Recipient(IReadOnlyDictionary<string, object?> Fields, DateTimeOffset Now);

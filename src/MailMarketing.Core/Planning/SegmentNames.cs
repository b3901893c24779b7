namespace MailMarketing;

/// <summary>The segments of one contact, as templates see them.</summary>
internal static class SegmentNames
{
    public static async Task<IReadOnlyList<string>> NamesOfAsync(
        this ISegmentStore segments, long contactId, CancellationToken cancellationToken) =>
        (await segments.ListNamesAsync([contactId], cancellationToken)).GetValueOrDefault(contactId, []);
}

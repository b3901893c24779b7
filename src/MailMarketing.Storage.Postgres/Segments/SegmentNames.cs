namespace MailMarketing.Storage.Postgres;

/// <summary>The names of the segments that people belong to, as templates see them.</summary>
internal static class SegmentNames
{
    public static async Task<Dictionary<long, IReadOnlyList<string>>> OfAsync(Work work, IEnumerable<long> contacts) =>
        (await work.ListAsync<(long Contact, string[] Names)>(
            """
            SELECT m.contact_id, array_agg(s.name ORDER BY s.name_key) FROM segment_member m JOIN segment s ON s.id = m.segment_id
            WHERE m.contact_id = ANY(@ids) GROUP BY m.contact_id
            """,
            new { ids = contacts.Distinct().ToArray() }))
        .ToDictionary(row => row.Contact, IReadOnlyList<string> (row) => row.Names);
}

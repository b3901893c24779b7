using Dapper;
using Microsoft.Data.Sqlite;

namespace MailMarketing.Storage.Sqlite;

/// <summary>The names of the segments that people belong to, as templates see them.</summary>
internal static class SegmentNames
{
    public static Dictionary<long, IReadOnlyList<string>> Of(SqliteConnection connection, IEnumerable<long> contacts) =>
        connection.Query<(long Contact, string Name)>(
            """
            SELECT m.contact_id, s.name FROM segment_member m JOIN segment s ON s.id = m.segment_id
            WHERE m.contact_id IN (SELECT value FROM json_each(@ids)) ORDER BY s.name_key
            """,
            new { ids = Json.Write(contacts) })
        .GroupBy(row => row.Contact, row => row.Name).ToDictionary(group => group.Key, IReadOnlyList<string> (group) => [.. group]);
}

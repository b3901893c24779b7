using Dapper;
using Microsoft.Data.Sqlite;

namespace MailMarketing.Storage.Sqlite;

/// <summary>Notices, in the transaction that ends deliveries, that a campaign has none waiting any more.</summary>
internal static class Completion
{
    public static void Check(SqliteConnection connection, IEnumerable<long> campaignIds, long now)
    {
        foreach (var id in campaignIds.Distinct())
        {
            connection.Execute(
                """
                UPDATE campaign SET
                    revision = revision + (state = 2), completed_at = @now, state = CASE state WHEN 2 THEN 4 ELSE state END
                WHERE id = @id AND started_at IS NOT NULL AND (state = 2 OR (state = 5 AND completed_at IS NULL))
                  AND NOT EXISTS (SELECT 1 FROM campaign_count WHERE campaign_id = @id AND state <= 2 AND n > 0)
                """,
                new { id, now });
        }
    }
}

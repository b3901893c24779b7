using Dapper;

namespace MailMarketing.Storage.Sqlite;

/// <summary>Deliveries of campaigns that ended long ago.</summary>
internal sealed partial class SqliteCampaignStore : ICampaignRetention
{
    public async Task<DroppedDeliveries?> DropOldDeliveriesAsync(TimeSpan age, int max, CancellationToken cancellationToken)
    {
        // A connection that looks up no foreign keys: for each block that goes it would read all deliveries, of which none has it
        using var unchecking = await database.OpenAsync(cancellationToken);
        database.Guard(() => unchecking.Run("PRAGMA foreign_keys = OFF"));
        var now = database.Now;
        return await database.WriteAsync(
            unchecking,
            connection =>
            {
                // One that is retried meanwhile runs, and is left alone; the counts are a projection and stay
                if (connection.QueryFirstOrDefault<long?>(
                        """
                        SELECT id FROM campaign
                        WHERE completed_at <= @end AND dropped = 0 AND state IN (4, 5)
                          AND (dropped_at IS NOT NULL OR completed_at = reconciled_end)
                        ORDER BY completed_at LIMIT 1
                        """,
                        new { end = now - (long)age.TotalMilliseconds }) is not { } id)
                {
                    return null;
                }

                var gone = connection.Execute(
                    "DELETE FROM delivery WHERE id IN (SELECT id FROM delivery WHERE campaign_id = @id ORDER BY id LIMIT @max)",
                    new { id, max });
                var isDone = gone < max;
                if (isDone)
                {
                    connection.Execute("DELETE FROM delivery_block WHERE campaign_id = @id", new { id });
                }

                connection.Execute(
                    "UPDATE campaign SET dropped_at = coalesce(dropped_at, @now), dropped = @isDone WHERE id = @id", new { id, now, isDone });
                return new DroppedDeliveries(id, gone);
            },
            cancellationToken);
    }
}

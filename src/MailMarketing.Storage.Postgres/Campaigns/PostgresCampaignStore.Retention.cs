namespace MailMarketing.Storage.Postgres;

/// <summary>Deliveries of campaigns that ended long ago.</summary>
internal sealed partial class PostgresCampaignStore : ICampaignRetention
{
    public Task<DroppedDeliveries?> DropOldDeliveriesAsync(TimeSpan age, int max, CancellationToken cancellationToken) => database.WriteAsync(
        async work =>
        {
            // One that is retried meanwhile runs, and is left alone; the counts are a projection and stay
            if (await work.FirstAsync<long?>(
                    $"""
                    SELECT id FROM campaign
                    WHERE completed_at <= {work.Now} - @age AND NOT dropped AND state IN (4, 5)
                      AND (dropped_at IS NOT NULL OR completed_at = reconciled_end)
                    ORDER BY completed_at LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
                    """,
                    new { age }) is not { } id)
            {
                return null;
            }

            var gone = await work.RunLongAsync(
                "DELETE FROM delivery WHERE id IN (SELECT id FROM delivery WHERE campaign_id = @id ORDER BY id LIMIT @max)", new { id, max });
            var isDone = gone < max;
            if (isDone)
            {
                await work.RunLongAsync("DELETE FROM delivery_block WHERE campaign_id = @id", new { id });
            }

            await work.RunAsync(
                $"UPDATE campaign SET dropped_at = coalesce(dropped_at, {work.Now}), dropped = @isDone WHERE id = @id", new { id, isDone });
            return new DroppedDeliveries(id, gone);
        },
        cancellationToken);
}

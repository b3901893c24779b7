using Dapper;
using Microsoft.Data.Sqlite;

namespace MailMarketing.Storage.Sqlite;

/// <summary>What a person settles, and whether all adds up.</summary>
internal sealed partial class SqliteDeliveryStore
{
    public Task<int> ConfirmSentAsync(long campaignId, IReadOnlyList<long> deliveryIds, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.Execute(
                $"""
                UPDATE delivery SET state = 8, by_person = 1, error = NULL, updated_at = @now
                WHERE campaign_id = @campaignId AND id IN (SELECT value FROM json_each(@ids))
                  AND state IN ({DeliveryTransitions.Numbers(DeliveryCommand.ConfirmSent)})
                """,
                new { campaignId, ids = Json.Write(deliveryIds), now = database.Now }),
            cancellationToken);

    public async Task<Result<Reconciliation>> ReconcileAsync(long campaignId, CancellationToken cancellationToken)
    {
        // Counting many deliveries keeps no writer waiting
        if (await database.ReadAsync(connection => Count(connection, campaignId), cancellationToken) is not { } counted)
        {
            return Problem.NotFound("campaign", campaignId);
        }

        if (counted.Campaign.DeliveriesDroppedAt is not null)
        {
            return Reconciling.Dropped(campaignId);
        }

        var found = counted.At(DateTimeOffset.FromUnixTimeMilliseconds(database.Now));
        await database.WriteAsync(
            connection => connection.Execute(
                "UPDATE campaign SET reconciliation = @found, reconciled_end = @end WHERE id = @campaignId",
                new { campaignId, found = Json.Write(found), end = counted.Campaign.CompletedAt?.ToUnixTimeMilliseconds() }),
            cancellationToken);
        return found;
    }

    public async Task<IReadOnlyList<long>> ListUnreconciledAsync(CancellationToken cancellationToken) => await database.ReadAsync(
        connection => connection.Query<long>(
            """
            SELECT id FROM campaign WHERE completed_at IS NOT NULL AND completed_at IS NOT reconciled_end AND dropped_at IS NULL
            ORDER BY completed_at LIMIT 100
            """).AsList(),
        cancellationToken);

    private static Reconciling? Count(SqliteConnection connection, long campaignId)
    {
        if (CampaignRow.Find(connection, campaignId) is not { } row)
        {
            return null;
        }

        var states = connection.Query<(long State, long N)>(
                "SELECT state, count(*) FROM delivery WHERE campaign_id = @campaignId GROUP BY state", new { campaignId })
            .ToDictionary(state => (DeliveryState)state.State, state => state.N);
        var (queued, ended) = connection.QuerySingle<(long, long)>(
            "SELECT count(*), count(*) FILTER (WHERE state > 2) FROM delivery WHERE campaign_id = @campaignId AND due_at IS NOT NULL",
            new { campaignId });
        var handedOver = connection.ExecuteScalar<long>(
            "SELECT count(*) FROM delivery WHERE campaign_id = @campaignId AND handed_over > 0 AND state > 2", new { campaignId });
        return new Reconciling(
            row.ToCampaign(connection), row.Planned, DeliveryCounts.Of(state => states.GetValueOrDefault(state)),
            queued, ended, handedOver);
    }
}

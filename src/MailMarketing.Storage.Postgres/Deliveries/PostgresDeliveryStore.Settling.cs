namespace MailMarketing.Storage.Postgres;

/// <summary>What a person settles, and whether all adds up.</summary>
internal sealed partial class PostgresDeliveryStore
{
    public Task<int> ConfirmSentAsync(long campaignId, IReadOnlyList<long> deliveryIds, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async work =>
            {
                var moved = await work.ListAsync<Moved>(
                    Moving.Deliveries(
                        $"""
                        q.campaign_id = @campaignId AND q.id = ANY(@ids)
                        AND q.state IN ({DeliveryTransitions.Numbers(DeliveryCommand.ConfirmSent)})
                        """,
                        $"state = 8, by_person = true, error = NULL, updated_at = {work.Now}"),
                    new { campaignId, ids = deliveryIds.ToArray() });
                work.Moves.Add(moved);
                return (int)moved.Sum(row => row.N);
            },
            cancellationToken);

    public Task<Result<Reconciliation>> ReconcileAsync(long campaignId, CancellationToken cancellationToken) =>
        database.WriteAsync<Result<Reconciliation>>(
            async work =>
            {
                if (await CountedCampaign.ReadAsync(work, campaignId) is not { } counted)
                {
                    return Problem.NotFound("campaign", campaignId);
                }

                if (counted.DroppedAt is not null)
                {
                    return Reconciling.Dropped(campaignId);
                }

                var found = counted.Reconcile();
                await work.RunAsync(
                    "UPDATE campaign SET reconciliation = @found, reconciled_end = @end WHERE id = @campaignId",
                    new { campaignId, found = Json.Write(found), end = counted.CompletedAt });
                return found;
            },
            cancellationToken);

    public async Task<IReadOnlyList<long>> ListUnreconciledAsync(CancellationToken cancellationToken) => await database.ReadAsync(
        work => work.ListAsync<long>(
            """
            SELECT id FROM campaign WHERE completed_at IS NOT NULL AND completed_at IS DISTINCT FROM reconciled_end
              AND dropped_at IS NULL
            ORDER BY completed_at LIMIT 100
            """),
        cancellationToken);
}

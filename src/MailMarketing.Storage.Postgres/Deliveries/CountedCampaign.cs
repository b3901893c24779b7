namespace MailMarketing.Storage.Postgres;

/// <summary>A campaign beside its deliveries, counted one by one.</summary>
internal sealed class CountedCampaign : CampaignRow
{
    // One statement, so that all of it is of one moment
    private const string Counted = $"""
        SELECT {Columns},
            ARRAY(SELECT count(d.state) FROM generate_series(0, 8) AS s (state)
                  LEFT JOIN (SELECT state FROM delivery WHERE campaign_id = @campaignId) d ON d.state = s.state
                  GROUP BY s.state ORDER BY s.state) AS ByState,
            (SELECT count(*) FROM delivery WHERE campaign_id = @campaignId AND due_at IS NOT NULL) AS Queued,
            (SELECT count(*) FROM delivery WHERE campaign_id = @campaignId AND due_at IS NOT NULL AND state > 2) AS QueuedEnded,
            (SELECT count(*) FROM delivery WHERE campaign_id = @campaignId AND handed_over > 0 AND state > 2) AS HandedOverEnded
        """;

    /// <summary>By the number of the state.</summary>
    public long[] ByState { get; init; } = [];

    public long Queued { get; init; }

    public long QueuedEnded { get; init; }

    public long HandedOverEnded { get; init; }

    public DateTime Now { get; init; }

    public static async Task<CountedCampaign?> ReadAsync(Work work, long campaignId) =>
        (await work.ListLongAsync<CountedCampaign>(
            $"{Counted}, {work.Now} AS Now FROM campaign c WHERE c.id = @campaignId", new { campaignId })).FirstOrDefault();

    public Reconciliation Reconcile() => new Reconciling(
        ToCampaign(), Planned, DeliveryCounts.Of(state => ByState[(int)state]), Queued, QueuedEnded, HandedOverEnded).At(Now);
}

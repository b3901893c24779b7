namespace MailMarketing.Storage.Postgres;

/// <summary>Making what a claim found the worker's.</summary>
internal sealed partial class PostgresHandOverQueue
{
    // Campaigns that had more than the last claim took: what is completed of them completes no campaign, and the next claim looks anyway
    private volatile HashSet<long> _going = [];

    private async Task<SendBlock?> TakeAsync(
        Work work, List<ClaimedRow> rows, ClaimRequest request, bool handOver, List<ClaimableCampaign> campaigns)
    {
        if (campaigns.Count == 0)
        {
            return null;
        }

        rows = [.. rows.OrderBy(row => row.Id)];
        var was = rows.Column(row => (short)row.State);
        foreach (var row in rows)
        {
            // A mark that nobody completed, or a hand-over that is sent from here after all: it may have reached a gateway
            if (row.State == DeliveryState.Sending || (row.HandedOver > 0 && !handOver))
            {
                (row.State, row.Ambiguous) = (DeliveryState.Retry, true);
            }
        }

        var (fence, taken) = await TakeRowsAsync(work, rows, was, request, handOver, campaigns);

        // Of those that were only read some may have been stopped meanwhile
        rows.RemoveAll(row => !taken.Contains(row.Id));
        _going = [.. campaigns.Where(campaign => campaign.Fresh > rows.Count).Select(campaign => campaign.Id)];
        var byId = campaigns.ToDictionary(campaign => campaign.Id);
        return rows.Count == 0 ? null : new SendBlock(fence, rows.ConvertAll(row => row.ToJob(byId[row.CampaignId])));
    }

    private static async Task<(long Fence, HashSet<long> Taken)> TakeRowsAsync(
        Work work, List<ClaimedRow> rows, short[] was, ClaimRequest request, bool handOver, List<ClaimableCampaign> campaigns)
    {
        var blocks = FrozenData.Blocks(rows);
        var (fence, taken) = await work.FirstAsync<(long Fence, long[] Taken)>(
            $"""
            WITH number AS (SELECT nextval('fence') AS fence),
            block AS (
                INSERT INTO delivery_block (campaign_id, data)
                SELECT campaign, convert_from(data, 'UTF8') FROM unnest(@owners, @data) AS b (campaign, data)
                RETURNING campaign_id, id),
            held AS (
                INSERT INTO claim (fence, until, ids)
                SELECT fence, {work.Now} + @lease * interval '1 millisecond', @ids FROM number WHERE NOT @handOver AND cardinality(@ids) > 0),
            turn AS (
                UPDATE campaign c SET fresh_after = r.after, served = CASE WHEN r.served THEN (SELECT fence FROM number) ELSE c.served END
                FROM unnest(@campaigns, @after, @served) AS r (id, after, served) WHERE c.id = r.id),
            taken AS (
                UPDATE delivery q SET fence = (SELECT fence FROM number), due_at = {work.Now} + @lease * interval '1 millisecond',
                    again_at = CASE WHEN @handOver THEN {work.Now} + @lease * interval '1 millisecond' END,
                    updated_at = {work.Now}, {MarkedIf(work)}, ambiguous = r.ambiguous, crashes = r.crashes, email = r.email,
                    block_id = coalesce(r.block, (SELECT b.id FROM block b WHERE b.campaign_id = q.campaign_id)),
                    handed_over = CASE WHEN @handOver THEN q.handed_over + 1 ELSE 0 END
                FROM unnest(@ids, @rounds, @was, @states, @ambiguous, @crashes, @blocks, @emails)
                    AS r (id, round, was, state, ambiguous, crashes, block, email)
                WHERE q.id = r.id AND q.round = r.round AND q.state = r.was
                RETURNING q.id, q.campaign_id, r.was, q.state),
            {Moves.Counting("taken")}
            SELECT number.fence, ARRAY(SELECT id FROM taken) FROM number
            """,
            new
            {
                lease = (long)request.Lease.TotalMilliseconds,
                handOver,
                mark = request.Mark,
                owners = blocks.Column(block => block.Campaign),
                data = new Texts(blocks.Column(block => block.Data.WrittenMemory)),
                campaigns = campaigns.Column(campaign => campaign.Id),
                after = campaigns.Column(campaign => campaign.FreshAfter),
                served = campaigns.Column(campaign => rows.Exists(row => row.CampaignId == campaign.Id)),
                ids = rows.Column(row => row.Id),
                rounds = rows.Column(row => row.Round),
                was,
                states = rows.Column(row => (short)row.State),
                ambiguous = rows.Column(row => row.Ambiguous),
                crashes = rows.Column(row => row.Crashes),
                blocks = rows.Column(row => row.BlockId),
                emails = rows.Column(row => row.Email),
            });
        blocks.ForEach(block => block.Data.Dispose());
        return (fence, [.. taken]);
    }
}

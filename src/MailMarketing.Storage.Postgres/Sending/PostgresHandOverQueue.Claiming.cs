namespace MailMarketing.Storage.Postgres;

/// <summary>Claiming, for sending from here and for handing over.</summary>
internal sealed partial class PostgresHandOverQueue
{
    // More campaigns than this take turns over several claims
    private const int Campaigns = 64;

    public override Task<SendBlock?> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        ClaimAsync(request, window: null, cancellationToken);

    public Task<SendBlock?> OfferAsync(ClaimRequest request, int window, CancellationToken cancellationToken) =>
        ClaimAsync(request, (int?)window, cancellationToken);

    private async Task<SendBlock?> ClaimAsync(ClaimRequest request, int? window, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Max, 1);
        await Completion.CheckAllAsync(Database, cancellationToken);
        return await Database.WriteAsync(
            async work =>
            {
                await EndAbandonedAsync(work);
                var fresh = window is { } size ? size - await HandedOverAsync(work, request.Lane) : long.MaxValue;
                var campaigns = await CampaignsAsync(work, request, fresh > 0, window is not null);
                var rows = new List<ClaimedRow>();
                foreach (var (campaign, share) in campaigns.Zip(Share([.. campaigns.Select(campaign => campaign.Due)], request.Max)))
                {
                    // What is handed over already takes no further room in the window
                    rows.AddRange((await DueAsync(work, campaign.Id, share, fresh > 0)).Where(row => row.HandedOver > 0 || fresh-- > 0));
                }

                if (window is null)
                {
                    rows = Suspects.Company(rows, row => row.Crashes);
                }

                await FrozenData.ReadAsync(work, rows);
                await EndAsync(work, [.. rows.Where(row => row.Fields is null).Select(row => row.Id)]);
                rows.RemoveAll(row => row.Fields is null);
                return rows.Count == 0 ? null : await TakeAsync(work, rows, request, window is not null, campaigns);
            },
            cancellationToken);
    }

    private async Task<List<ClaimableCampaign>> CampaignsAsync(Work work, ClaimRequest request, bool fresh, bool handOver)
    {
        var parameters = new { lane = request.Lane, isDefault = IsDefault(request.Lane), request.Max, Campaigns };
        var running = await work.ListAsync<ClaimableCampaign>(
            $"""
            SELECT c.id, c.secret, c.content, c.policy, c.revision, due.n AS Due
            FROM campaign c CROSS JOIN LATERAL (
                SELECT count(*) AS n FROM (
                    SELECT 1 FROM delivery q WHERE q.campaign_id = c.id AND {DueNow(work, fresh)} LIMIT @Max) AS few) AS due
            WHERE c.state = 2 AND ({OfLane}) AND due.n > 0
            ORDER BY c.served, c.id LIMIT @Campaigns
            """,
            parameters);
        if (!handOver || running.Count == 0)
        {
            return running;
        }

        // Who pauses or cancels a campaign asks whether something of it is elsewhere; the answer must not change behind them
        var held = await work.ListAsync<long>(
            "SELECT id FROM campaign WHERE id = ANY(@ids) AND state = 2 ORDER BY id FOR SHARE",
            new { ids = running.Column(campaign => campaign.Id) });
        return running.FindAll(campaign => held.Contains(campaign.Id));
    }

    /// <summary>Locks due deliveries that nobody else is claiming just now.</summary>
    private async Task<List<ClaimedRow>> DueAsync(Work work, long campaignId, int max, bool fresh)
    {
        // Locked first, since whether somebody stopped it is asked only of what is taken
        var rows = await work.ListAsync<ClaimedRow>(
            $"""
            WITH locked AS (
                SELECT q.* FROM delivery q WHERE q.campaign_id = @campaignId AND {DueNow(work, fresh)}
                ORDER BY q.due_at, q.id LIMIT @max FOR UPDATE SKIP LOCKED)
            SELECT q.id, q.campaign_id AS CampaignId, q.contact_id AS ContactId, q.round, q.state, q.attempts, q.spent, q.refusals,
                q.ambiguous, q.crashes + (q.fence <> 0 AND q.handed_over = 0)::integer AS Crashes, q.handed_over AS HandedOver,
                q.first_attempt_at AS FirstAttemptAt, q.block_id AS BlockId, q.email,
                p.email AS ContactEmail, p.name, p.first_name AS FirstName, p.last_name AS LastName, p.attributes::text,
                ({Stopped}) AS Stopped
            FROM locked q LEFT JOIN contact p ON p.id = q.contact_id AND q.block_id IS NULL ORDER BY q.due_at, q.id
            """,
            new { campaignId, max });

        // Handed-over ones too: they are never offered again, since a sending side that began anew forgot that they are withdrawn
        await EndAsync(work, [.. rows.Where(row => row.Stopped is not null).Select(row => row.Id)]);
        return rows.FindAll(row => row.Stopped is null);
    }

    private static async Task<SendBlock> TakeAsync(
        Work work, List<ClaimedRow> rows, ClaimRequest request, bool handOver, List<ClaimableCampaign> campaigns)
    {
        foreach (var row in rows)
        {
            // A mark that nobody completed, or a hand-over that is sent from here after all: it may have reached a gateway
            var was = row.State;
            if (row.State == DeliveryState.Sending || (row.HandedOver > 0 && !handOver))
            {
                (row.State, row.Ambiguous) = (DeliveryState.Retry, true);
            }

            work.Moves.Add(row.CampaignId, was, request.Mark ? DeliveryState.Sending : row.State);
        }

        var fence = await work.FirstAsync<long>(
            $"""
            WITH claim AS (SELECT nextval('fence') AS fence),
            taken AS (
                UPDATE delivery q SET fence = (SELECT fence FROM claim), due_at = {work.Now} + @lease * interval '1 millisecond',
                    updated_at = {work.Now}, {MarkedIf(work)}, ambiguous = r.ambiguous, crashes = r.crashes, block_id = r.block, email = r.email,
                    handed_over = CASE WHEN @handOver THEN q.handed_over + 1 ELSE 0 END
                FROM unnest(@ids, @states, @ambiguous, @crashes, @blocks, @emails) AS r (id, state, ambiguous, crashes, block, email)
                WHERE q.id = r.id)
            SELECT fence FROM claim
            """,
            new
            {
                lease = (long)request.Lease.TotalMilliseconds,
                handOver,
                mark = request.Mark,
                ids = rows.Column(row => row.Id),
                states = rows.Column(row => (short)row.State),
                ambiguous = rows.Column(row => row.Ambiguous),
                crashes = rows.Column(row => row.Crashes),
                blocks = rows.Column(row => row.BlockId),
                emails = rows.Column(row => row.Email),
            });

        // Turns need not be exact: where another claim notes its own just now, nobody waits
        await work.RunAsync(
            """
            UPDATE campaign SET served = @fence
            WHERE id IN (SELECT id FROM campaign WHERE id = ANY(@ids) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED)
            """,
            new { fence, ids = rows.Select(row => row.CampaignId).Distinct().ToArray() });
        var byId = campaigns.ToDictionary(campaign => campaign.Id);
        return new SendBlock(fence, rows.ConvertAll(row => row.ToJob(byId[row.CampaignId])));
    }

    /// <summary>In cancelled campaigns nobody claims again: what was marked or handed over and never answered is unknown.</summary>
    private async Task EndAbandonedAsync(Work work) => await EndAsync(
        work,
        await work.ListAsync<long>(
            $"""
            SELECT q.id FROM campaign c JOIN delivery q ON q.campaign_id = c.id AND q.due_at <= {work.Now}
            WHERE c.state = 5 AND c.completed_at IS NULL AND c.started_at IS NOT NULL LIMIT 1000
            """));

    /// <summary>Counts what fills a lane's window; offers wait for each other, or they would fill it twice.</summary>
    private async Task<long> HandedOverAsync(Work work, string lane)
    {
        await work.RunAsync($"SELECT pg_advisory_xact_lock({Work.LockOf("offer")})");
        return await work.FirstAsync<long>(
            $"SELECT count(*) FROM delivery q WHERE q.handed_over > 0 AND q.campaign_id IN (SELECT c.id FROM campaign c WHERE {OfLane})",
            new { lane, isDefault = IsDefault(lane) });
    }

    // Two texts, so that with a full window the few rows handed over are found without passing all that are not
    private static string DueNow(Work work, bool fresh) => $"q.due_at <= {work.Now}{(fresh ? "" : " AND q.handed_over > 0")}";
}

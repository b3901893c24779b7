namespace MailMarketing.Storage.Postgres;

/// <summary>Claiming, for sending from here and for handing over.</summary>
internal sealed partial class PostgresHandOverQueue
{
    // More campaigns than this take turns over several claims
    private const int Campaigns = 64;

    // Nobody had it yet: it is found by its id. Whether somebody stopped it is in its state, so far
    private const string IsFresh = "q.state = 0 AND q.due_at IS NOT NULL AND q.again_at IS NULL AND q.fence = 0";

    // What may have killed a worker waits until there is nothing else
    private const string NoSuspect = " AND q.crashes = 0 AND (q.fence = 0 OR q.handed_over > 0)";

    public override Task<SendBlock?> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        ClaimAsync(request, window: null, cancellationToken);

    public Task<SendBlock?> OfferAsync(ClaimRequest request, int window, CancellationToken cancellationToken) =>
        ClaimAsync(request, (int?)window, cancellationToken);

    private async Task<SendBlock?> ClaimAsync(ClaimRequest request, int? window, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Max, 1);
        return await Database.WriteAsync(
            async work =>
            {
                await TidyAsync(work);
                var room = window is { } size ? size - await HandedOverAsync(work, request.Lane) : long.MaxValue;
                var campaigns = await CampaignsAsync(work, request, room > 0);
                var shares = campaigns.Zip(Share([.. campaigns.Select(campaign => campaign.Due)], request.Max)).ToList();
                var rows = new List<ClaimedRow>();
                foreach (var (campaign, share) in shares.Where(share => share.First.Again > 0))
                {
                    // What comes again has its time, but must not keep a campaign from getting on; what is handed over takes no further room
                    var most = campaign.Fresh > 0 ? Math.Max((share + 1) / 2, share - (int)campaign.Fresh) : share;
                    var due = DueNow(work, room > 0) + (campaign.Fresh > 0 ? NoSuspect : "");
                    rows.AddRange((await AgainAsync(work, campaign.Id, most, due)).Where(row => row.HandedOver > 0 || room-- > 0));
                }

                if (window is null && rows.Exists(row => row.Crashes > 0))
                {
                    rows = Suspects.Company(rows, row => row.Crashes);
                    room = 0;
                }

                foreach (var (campaign, share) in shares.Where(share => share.First.Fresh > 0))
                {
                    var left = Math.Min(share - rows.Count(row => row.CampaignId == campaign.Id), room);
                    if (left > 0)
                    {
                        var fresh = await FreshAsync(work, campaign, (int)left);
                        room -= fresh.Count;
                        rows.AddRange(fresh);
                    }
                }

                await FrozenData.ReadAsync(work, rows, campaigns);
                await EndAsync(work, [.. rows.Where(row => row.Fields is null).Select(row => row.Id)]);
                rows.RemoveAll(row => row.Fields is null);
                return await TakeAsync(work, rows, request, window is not null, campaigns);
            },
            cancellationToken);
    }

    /// <summary>Campaigns that have something due. Whoever moves one waits until this claim is through, and so does who claims of it.</summary>
    private Task<List<ClaimableCampaign>> CampaignsAsync(Work work, ClaimRequest request, bool fresh) => work.ListAsync<ClaimableCampaign>(
        $"""
        WITH running AS MATERIALIZED (
            SELECT c.id, c.served, again.n AS again, fresh.n AS fresh
            FROM campaign c CROSS JOIN LATERAL (
                SELECT count(*) AS n FROM (
                    SELECT 1 FROM delivery q WHERE q.campaign_id = c.id AND {DueNow(work, fresh)} LIMIT @Max) AS few) AS again
            CROSS JOIN LATERAL (
                SELECT count(*) AS n FROM (
                    SELECT 1 FROM delivery q WHERE @fresh AND q.campaign_id = c.id AND q.id > c.fresh_after AND {IsFresh}
                    ORDER BY q.id LIMIT @Max + 1) AS few) AS fresh
            WHERE c.state = 2 AND ({OfLane}) AND again.n + fresh.n > 0
            ORDER BY c.served, c.id LIMIT @Campaigns),
        held AS MATERIALIZED (
            SELECT id, secret, content, policy, revision, fresh_after FROM campaign
            WHERE id IN (SELECT id FROM running) AND state = 2 ORDER BY id FOR NO KEY UPDATE)
        SELECT h.id, h.secret, h.content, h.policy, h.revision, h.fresh_after AS FreshAfter, r.again, r.fresh
        FROM running r JOIN held h ON h.id = r.id ORDER BY r.served, r.id
        """,
        new { lane = request.Lane, isDefault = IsDefault(request.Lane), request.Max, Campaigns, fresh });

    /// <summary>Locks due deliveries that somebody had before and that nobody else is claiming just now.</summary>
    private async Task<List<ClaimedRow>> AgainAsync(Work work, long campaignId, int max, string due)
    {
        // Locked first, since whether somebody stopped it is asked only of what is taken. OFFSET 0 keeps the join as it stands: the planner
        // cannot know how few rows it is for, and would read all contacts
        var rows = await work.ListAsync<ClaimedRow>(
            $"""
            WITH locked AS (
                SELECT q.* FROM delivery q WHERE q.campaign_id = @campaignId AND {due}
                ORDER BY q.again_at, q.id LIMIT @max FOR UPDATE SKIP LOCKED)
            SELECT q.id, q.campaign_id AS CampaignId, q.contact_id AS ContactId, q.round, q.state, q.attempts, q.spent, q.refusals,
                q.ambiguous, q.crashes + (q.fence <> 0 AND q.handed_over = 0)::integer AS Crashes, q.handed_over AS HandedOver,
                q.first_attempt_at AS FirstAttemptAt, q.block_id AS BlockId, q.email,
                p.email AS ContactEmail, p.name, p.first_name AS FirstName, p.last_name AS LastName, p.attributes::text,
                ({Stopped}) AS Stopped
            FROM locked q LEFT JOIN LATERAL (
                SELECT * FROM contact c WHERE c.id = q.contact_id AND q.block_id IS NULL OFFSET 0) AS p ON true
            ORDER BY q.again_at, q.id
            """,
            new { campaignId, max });

        // Handed-over ones too: they are never offered again, since a sending side that began anew forgot that they are withdrawn
        await EndAsync(work, [.. rows.Where(row => row.Stopped is not null).Select(row => row.Id)]);
        return rows.FindAll(row => row.Stopped is null);
    }

    /// <summary>Reads the next that nobody had yet, in the order of their ids; not locked, since only who holds the campaign takes them.</summary>
    private async Task<List<ClaimedRow>> FreshAsync(Work work, ClaimableCampaign campaign, int max)
    {
        var rows = await work.ReadAsync(
            $"""
            WITH next AS (
                SELECT q.id, q.contact_id, q.round FROM delivery q
                WHERE q.campaign_id = @Id AND q.id > @FreshAfter AND {IsFresh} ORDER BY q.id LIMIT @max)
            SELECT q.id, @Id, q.contact_id, q.round, p.email, p.name, p.first_name, p.last_name, p.attributes::text,
                CASE WHEN p.id IS NULL THEN 6 WHEN p.unwanted THEN 5 ELSE 0 END
            FROM next q LEFT JOIN LATERAL (
                SELECT c.*, c.status <> 0 OR EXISTS (SELECT 1 FROM suppression s WHERE s.email_key = c.email_key) AS unwanted
                FROM contact c WHERE c.id = q.contact_id OFFSET 0) AS p ON true
            ORDER BY q.id
            """,
            new { campaign.Id, campaign.FreshAfter, max },
            ClaimedRow.Fresh);
        campaign.FreshAfter = rows.Count < max ? long.MaxValue : rows[^1].Id;
        await EndAsync(work, [.. rows.Where(row => row.Stopped is not null).Select(row => row.Id)]);
        return rows.FindAll(row => row.Stopped is null);
    }

    /// <summary>Counts what fills a lane's window; offers wait for each other, or they would fill it twice.</summary>
    private async Task<long> HandedOverAsync(Work work, string lane)
    {
        await work.RunAsync($"SELECT pg_advisory_xact_lock({Work.LockOf("offer")})");
        return await work.FirstAsync<long>(
            $"SELECT count(*) FROM delivery q WHERE q.handed_over > 0 AND q.campaign_id IN (SELECT c.id FROM campaign c WHERE {OfLane})",
            new { lane, isDefault = IsDefault(lane) });
    }

    // Two texts, so that with a full window the few rows handed over are found without passing all that are not
    private static string DueNow(Work work, bool fresh) =>
        $"q.again_at <= {work.Now} AND q.due_at <= {work.Now}{(fresh ? "" : " AND q.handed_over > 0")}";
}

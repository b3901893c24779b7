namespace MailMarketing.Storage.Postgres;

/// <summary>The marketing side's deliveries as a queue, to send from here or to hand over.</summary>
internal sealed partial class PostgresHandOverQueue(PostgresDatabase database, IEnumerable<Lane> lanes)
    : PostgresSendQueue(database, lanes), IHandOverQueue
{
    private const string OfLane = "c.lane = @lane OR (c.lane IS NULL AND @isDefault)";

    protected override string Table => "delivery";

    protected override string Group => "campaign_id";

    protected override string Runs => "(SELECT c.state FROM campaign c WHERE c.id = q.campaign_id) = 2";

    protected override string Here => "q.handed_over = 0";

    protected override string Again(string due) => $", again_at = {due}";

    protected override string AlsoReleases => ", handed_over = greatest(q.handed_over - 1, 0)";

    protected override string AlsoMoves => ", handed_over = CASE WHEN p.ends > 2 THEN 0 ELSE q.handed_over END";

    // The address as it was frozen counts as well as the contact's own. 0, which is no end, stands for a contact that wants it
    protected override string Stopped => """
        SELECT CASE WHEN (SELECT m.state FROM campaign m WHERE m.id = q.campaign_id) = 5 THEN 6
            ELSE nullif(coalesce((
                SELECT CASE
                    WHEN c.status <> 0 OR EXISTS (SELECT 1 FROM suppression s WHERE s.email_key IN (c.email_key, lower(q.email))) THEN 5
                    ELSE 0
                END FROM contact c WHERE c.id = q.contact_id), 6), 0)
        END
        """;

    // Where all of it is completed at once nothing can expire
    protected override string Forgets => "done AS (DELETE FROM claim WHERE fence = @fence AND cardinality(ids) <= cardinality(@ids)),";

    protected override string Counts(string moved) => ", " + Moves.Counting(moved);

    public override Task<bool> RenewAsync(long fence, TimeSpan lease, CancellationToken cancellationToken) => Database.WriteAsync(
        async work => await work.RunAsync(
            $"""
            WITH held AS (
                UPDATE claim SET until = {work.Now} + @lease * interval '1 millisecond' WHERE fence = @fence RETURNING ids),
            picked AS (
                SELECT q.id FROM held CROSS JOIN LATERAL unnest(held.ids) AS i (id) JOIN delivery q ON q.id = i.id
                WHERE q.fence = @fence AND q.state <= 2 ORDER BY q.id FOR UPDATE OF q)
            UPDATE delivery q SET due_at = {work.Now} + @lease * interval '1 millisecond' FROM picked p WHERE q.id = p.id
            """,
            new { fence, lease = (long)lease.TotalMilliseconds }) > 0,
        cancellationToken);

    public async Task<IReadOnlyList<string>> LanesAsync(CancellationToken cancellationToken) => await Database.ReadAsync(
        work => work.ListAsync<string>(
            """
            SELECT DISTINCT coalesce(lane, '') FROM campaign
            WHERE state = 2 OR (state = 5 AND completed_at IS NULL AND started_at IS NOT NULL) ORDER BY 1
            """),
        cancellationToken);

    public Task OfferAgainAsync(string lane, int most, CancellationToken cancellationToken) =>
        Database.WriteAsync(work => OfferAgainAsync(work, lane, most, isLost: false), cancellationToken);

    public Task<string?> HeardAsync(string lane, CancellationToken cancellationToken) => Database.ReadAsync(
        work => work.FirstAsync<string?>("SELECT incarnation FROM sending_side WHERE lane = @lane", new { lane }), cancellationToken);

    public Task<bool> HearAsync(string lane, string incarnation, CancellationToken cancellationToken) => Database.WriteAsync(
        async work =>
        {
            // Whoever comes second waits for the row, and finds what the first one wrote
            var isFirst = await work.RunAsync(
                "INSERT INTO sending_side (lane, incarnation) VALUES (@lane, @incarnation) ON CONFLICT DO NOTHING", new { lane, incarnation }) == 1;

            // The first one that is heard may not be the first one that got jobs, where an answer was lost
            var isLost = isFirst
                ? await work.FirstAsync<bool>(
                    $"""
                    SELECT EXISTS (SELECT 1 FROM delivery q WHERE q.handed_over > 1 AND q.state <= 2
                        AND q.campaign_id IN (SELECT c.id FROM campaign c WHERE {OfLane}))
                    """,
                    new { lane, isDefault = IsDefault(lane) })
                : await work.RunAsync(
                    "UPDATE sending_side SET incarnation = @incarnation WHERE lane = @lane AND incarnation <> @incarnation", new { lane, incarnation }) == 1;
            if (isLost)
            {
                await OfferAgainAsync(work, lane, int.MaxValue, isLost);
                await StopAgainAsync(work, lane);
            }

            return isLost;
        },
        cancellationToken);

    public Task<(long Sequence, SendControl Control)?> ReadControlAsync(CancellationToken cancellationToken) =>
        Database.ReadAsync<(long Sequence, SendControl Control)?>(
            async work => (await work.ListAsync<(long Sequence, string Data)>(
                    "SELECT sequence, data FROM control_outbox ORDER BY sequence LIMIT 1"))
                is [var (sequence, data)] ? (sequence, Json.Read<SendControl>(data)) : null,
            cancellationToken);

    public Task AcknowledgeControlAsync(long sequence, CancellationToken cancellationToken) => Database.WriteAsync(
        work => work.RunAsync("DELETE FROM control_outbox WHERE sequence = @sequence", new { sequence }), cancellationToken);

    /// <summary>
    /// A queue that is lost may have sent any of them. Those that somebody stopped are not offered again; the sending side has its time to
    /// tell what became of them.
    /// </summary>
    private Task<int> OfferAgainAsync(Work work, string lane, int most, bool isLost) => work.RunAsync(
        $"""
        WITH picked AS (
            SELECT q.id FROM delivery q WHERE q.handed_over > 0 AND q.state <= 2 AND ({Stopped}) IS NULL
                AND q.campaign_id IN (SELECT c.id FROM campaign c WHERE {OfLane}) ORDER BY q.id LIMIT @most FOR UPDATE)
        UPDATE delivery q SET due_at = {work.Now}, again_at = {work.Now}, fence = 0, ambiguous = q.ambiguous OR @isLost
        FROM picked p WHERE q.id = p.id
        """,
        new { lane, most, isLost, isDefault = IsDefault(lane) });

    /// <summary>A new queue knows of nothing that people stopped, while a batch that was made before may still reach it.</summary>
    private async Task StopAgainAsync(Work work, string lane)
    {
        var campaigns = await work.ListLongAsync<(long Id, long Revision, CampaignState State)>(
            $"SELECT c.id, c.revision, c.state FROM campaign c WHERE c.state IN (3, 5) AND ({OfLane}) ORDER BY c.id",
            new { lane, isDefault = IsDefault(lane) });
        foreach (var (id, revision, state) in campaigns)
        {
            await PostgresCampaignStore.TellSendingSideAsync(work, id, revision, state);
        }

        var people = await work.ListLongAsync<long>(
            $"""
            SELECT DISTINCT q.contact_id FROM delivery q WHERE q.handed_over > 0 AND q.state <= 2 AND ({Stopped}) IS NOT NULL
                AND q.campaign_id IN (SELECT c.id FROM campaign c WHERE c.state <> 5 AND ({OfLane}))
            """,
            new { lane, isDefault = IsDefault(lane) });
        await Withdrawal.TellAsync(work, [.. people], AudienceRules.Unwanted);
    }

    protected override void Count(Work work, IEnumerable<Moved> rows)
    {
        work.Moves.Add(rows);
        work.Moves.GoOn(_going);
    }

    protected override void Counted(Work work, IEnumerable<MovedTogether> groups)
    {
        foreach (var group in groups)
        {
            work.Moves.End(group.GroupId, group.State);
        }

        work.Moves.GoOn(_going);
    }
}

namespace MailMarketing.Storage.Postgres;

/// <summary>A sending side's queue in a schema of its own: claiming, and the outbox of reports.</summary>
internal sealed partial class PostgresIntakeQueue(PostgresDatabase database, IEnumerable<Lane> lanes)
    : PostgresSendQueue(database, lanes), ISendIntake
{
    // More campaigns than this take turns over several claims
    private const int Streams = 64;

    protected override string Table => "job";

    protected override string Group => "stream_id";

    // Jobs without a campaign have no control, and run
    protected override string Runs =>
        "coalesce((SELECT c.state FROM stream s JOIN control c ON c.campaign = s.campaign WHERE s.id = q.stream_id), 2) = 2";

    protected override string Stopped => """
        SELECT CASE
            WHEN (SELECT c.state FROM stream s JOIN control c ON c.campaign = s.campaign WHERE s.id = q.stream_id) = 5 THEN 6
            WHEN EXISTS (SELECT 1 FROM withdrawal w WHERE w.job_id = q.job_id AND w.is_number = q.is_number AND w.round = q.round) THEN 5
        END
        """;

    public override Task<SendBlock?> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) => Database.WriteAsync(
        async work =>
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(request.Max, 1);
            var ended = await EndAbandonedAsync(work);
            var streams = await work.ListAsync<(long Id, long Due)>(
                $"""
                SELECT s.id, due.n FROM stream s LEFT JOIN control c ON c.campaign = s.campaign CROSS JOIN LATERAL (
                    SELECT count(*) AS n FROM (
                        SELECT 1 FROM job q WHERE q.stream_id = s.id AND q.due_at <= {work.Now} LIMIT @Max) AS few) AS due
                WHERE (s.lane = @Lane OR (s.lane IS NULL AND @isDefault)) AND coalesce(c.state, 2) = 2 AND due.n > 0
                ORDER BY s.served, s.id LIMIT @Streams
                """,
                new { request.Lane, isDefault = IsDefault(request.Lane), request.Max, Streams });
            var rows = new List<JobRow>();
            foreach (var (stream, share) in streams.Zip(Share([.. streams.Select(stream => stream.Due)], request.Max)))
            {
                rows.AddRange(await DueAsync(work, stream.Id, share));
            }

            ended.AddRange(await EndAsync(work, [.. rows.Where(row => row.Stopped is not null).Select(row => row.Id)]));
            rows.RemoveAll(row => row.Stopped is not null);
            rows = Suspects.Company(rows, row => row.Crashes);
            var block = rows.Count == 0 ? null : await TakeAsync(work, rows, request);
            await ReportAsync(work, ended);
            return block;
        },
        cancellationToken);

    public Task<ReportBatch> ReadReportsAsync(int max, CancellationToken cancellationToken) => Database.WriteAsync(
        async work =>
        {
            // Once everybody who writes reports has committed, no number below the last one can still appear: all up to it may be forgotten
            await work.RunAsync($"SELECT pg_advisory_xact_lock({Work.LockOf("outbox")})");
            var rows = await work.ListAsync<OutboxRow>(
                """
                SELECT sequence, job_id AS JobId, is_number AS IsNumber, round, state, attempts, message_id AS MessageId, error, at
                FROM outbox ORDER BY sequence LIMIT @max
                """,
                new { max });
            return new ReportBatch(
                await IncarnationAsync(work), rows.Count == 0 ? 0 : rows[^1].Sequence, rows.ConvertAll(row => row.ToEvent()));
        },
        cancellationToken);

    public Task AcknowledgeReportsAsync(long upTo, CancellationToken cancellationToken) => Database.WriteAsync(
        work => work.RunAsync("DELETE FROM outbox WHERE sequence <= @upTo", new { upTo }), cancellationToken);

    /// <summary>Reports rows as they are now.</summary>
    protected override async Task ReportAsync(Work work, IReadOnlyList<long> ids)
    {
        if (ids.Count > 0)
        {
            await work.RunAsync($"SELECT pg_advisory_xact_lock_shared({Work.LockOf("outbox")})");
            await work.RunAsync(
                $"""
                INSERT INTO outbox (job_id, is_number, round, state, attempts, message_id, error, at)
                SELECT j.job_id, j.is_number, j.round, j.state, j.attempts, j.message_id, j.error, {work.Now}
                FROM unnest(@ids) WITH ORDINALITY AS r (id, n) JOIN job j ON j.id = r.id ORDER BY r.n
                """,
                new { ids = ids.ToArray() });
        }
    }

    private static async Task<string> IncarnationAsync(Work work) => (await work.FirstAsync<string>("SELECT incarnation FROM queue"))!;

    /// <summary>Locks due jobs that nobody else is claiming just now.</summary>
    private Task<List<JobRow>> DueAsync(Work work, long stream, int max) => work.ListAsync<JobRow>(
        $"""
        WITH locked AS (
            SELECT q.* FROM job q WHERE q.stream_id = @stream AND q.due_at <= {work.Now}
            ORDER BY q.due_at, q.id LIMIT @max FOR UPDATE SKIP LOCKED)
        SELECT q.id, q.job_id AS JobId, q.is_number AS IsNumber, q.round, q.stream_id AS StreamId, q.content_id AS ContentId, q.policy,
            q.fields, q.idempotency_key AS IdempotencyKey, q.not_after AS NotAfter, q.state, q.attempts, q.spent, q.refusals, q.ambiguous,
            q.crashes + (q.fence <> 0)::integer AS Crashes, q.first_attempt_at AS FirstAttemptAt, s.campaign, ({Stopped}) AS Stopped
        FROM locked q JOIN stream s ON s.id = q.stream_id ORDER BY q.due_at, q.id
        """,
        new { stream, max });

    private static async Task<SendBlock> TakeAsync(Work work, List<JobRow> rows, ClaimRequest request)
    {
        foreach (var row in rows.Where(row => row.State == DeliveryState.Sending))
        {
            // A mark that nobody completed: it may have reached the gateway
            (row.State, row.Ambiguous) = (DeliveryState.Retry, true);
        }

        var fence = await work.FirstAsync<long>(
            $"""
            WITH claim AS (SELECT nextval('fence') AS fence),
            taken AS (
                UPDATE job q SET fence = (SELECT fence FROM claim), due_at = {work.Now} + @lease * interval '1 millisecond',
                    updated_at = {work.Now}, {MarkedIf(work)}, ambiguous = r.ambiguous, crashes = r.crashes
                FROM unnest(@ids, @states, @ambiguous, @crashes) AS r (id, state, ambiguous, crashes) WHERE q.id = r.id)
            SELECT fence FROM claim
            """,
            new
            {
                lease = (long)request.Lease.TotalMilliseconds,
                mark = request.Mark,
                ids = rows.Column(row => row.Id),
                states = rows.Column(row => (short)row.State),
                ambiguous = rows.Column(row => row.Ambiguous),
                crashes = rows.Column(row => row.Crashes),
            });

        // Turns need not be exact: where another claim notes its own just now, nobody waits
        await work.RunAsync(
            """
            UPDATE stream SET served = @fence
            WHERE id IN (SELECT id FROM stream WHERE id = ANY(@ids) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED)
            """,
            new { fence, ids = rows.Select(row => row.StreamId).Distinct().ToArray() });
        var contents = (await work.ListAsync<(long Id, string Data)>(
                "SELECT id, data FROM content WHERE id = ANY(@ids)", new { ids = rows.Select(row => row.ContentId).Distinct().ToArray() }))
            .ToDictionary(content => content.Id, content => Json.Read<FrozenContent>(content.Data));
        return new SendBlock(fence, rows.ConvertAll(row => row.ToJob(contents[row.ContentId])));
    }

    /// <summary>In cancelled campaigns nobody claims again: what was marked and never answered is unknown.</summary>
    private async Task<List<long>> EndAbandonedAsync(Work work) => await EndAsync(
        work,
        await work.ListAsync<long>(
            $"""
            SELECT q.id FROM control c JOIN stream s ON s.campaign = c.campaign JOIN job q ON q.stream_id = s.id AND q.due_at <= {work.Now}
            WHERE c.state = 5 LIMIT 1000
            """));
}

using Dapper;
using Microsoft.Data.Sqlite;

namespace MailMarketing.Storage.Sqlite;

/// <summary>A sending side's queue in a file of its own: claiming, and the outbox of reports.</summary>
internal sealed partial class SqliteIntakeQueue(SqliteDatabase database, IEnumerable<Lane> lanes) : SqliteSendQueue(database, lanes), ISendIntake
{
    // More campaigns than this take turns over several claims
    private const int Streams = 64;

    protected override string Table => "job";

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
        connection =>
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(request.Max, 1);
            var now = Database.Now;
            EndAbandoned(connection, now);
            var streams = connection.Query<long>(
                """
                SELECT s.id FROM stream s LEFT JOIN control c ON c.campaign = s.campaign
                WHERE (s.lane = @Lane OR (s.lane IS NULL AND @isDefault)) AND coalesce(c.state, 2) = 2
                  AND EXISTS (SELECT 1 FROM job j WHERE j.stream_id = s.id AND j.due_at <= @now)
                ORDER BY s.served, s.id LIMIT @Streams
                """,
                new { request.Lane, isDefault = IsDefault(request.Lane), now, Streams }).ToList();
            var due = TakeTurns([.. streams.Select(stream => Due(connection, stream, request.Max, now))], request.Max);
            var rows = Suspects.Company(due, row => (int)row.Crashes);
            if (rows.Count == 0)
            {
                return null;
            }

            var fence = connection.NextFence();
            Take(connection, rows, fence, request, now);
            connection.Execute(
                "UPDATE stream SET served = @fence WHERE id IN (SELECT value FROM json_each(@ids))",
                new { fence, ids = Json.Write(rows.Select(row => row.StreamId).Distinct()) });
            var contents = rows.Select(row => row.ContentId).Distinct().ToDictionary(
                id => id,
                id => Json.Read<FrozenContent>(connection.ExecuteScalar<string>("SELECT data FROM content WHERE id = @id", new { id })!));
            return new SendBlock(fence, [.. rows.Select(row => row.ToJob(contents[row.ContentId]))]);
        },
        cancellationToken);

    public Task<ReportBatch> ReadReportsAsync(int max, CancellationToken cancellationToken) => Database.ReadAsync(
        connection =>
        {
            var rows = connection.Query<OutboxRow>(
                """
                SELECT sequence, job_id AS JobId, is_number AS IsNumber, round, state, attempts, message_id AS MessageId, error, at
                FROM outbox ORDER BY sequence LIMIT @max
                """,
                new { max }).ToList();
            return new ReportBatch(Incarnation(connection), rows.Count == 0 ? 0 : rows[^1].Sequence, [.. rows.Select(row => row.ToEvent())]);
        },
        cancellationToken);

    public Task AcknowledgeReportsAsync(long upTo, CancellationToken cancellationToken) => Database.WriteAsync(
        connection => connection.Execute("DELETE FROM outbox WHERE sequence <= @upTo", new { upTo }), cancellationToken);

    /// <summary>Reports rows as they are now.</summary>
    protected override void Changed(SqliteConnection connection, IReadOnlyCollection<long> ids, long now)
    {
        using var report = connection.Prepared(
            """
            INSERT INTO outbox (job_id, is_number, round, state, attempts, message_id, error, at)
            SELECT job_id, is_number, round, state, attempts, message_id, error, @now FROM job WHERE id = @id
            """,
            "@id", "@now");
        foreach (var id in ids)
        {
            report.RunWith(id, now);
        }
    }

    private static string Incarnation(SqliteConnection connection) => connection.ExecuteScalar<string>("SELECT incarnation FROM queue")!;

    private List<JobRow> Due(SqliteConnection connection, long stream, int max, long now)
    {
        var rows = connection.Query<JobRow>(
            $"""
            SELECT q.id, job_id AS JobId, is_number AS IsNumber, round, stream_id AS StreamId, content_id AS ContentId, policy, fields,
                idempotency_key AS IdempotencyKey, not_after AS NotAfter, q.state, attempts, spent, refusals, ambiguous,
                crashes + (fence <> 0) AS Crashes, first_attempt_at AS FirstAttemptAt, s.campaign, ({Stopped}) AS Stopped
            FROM job q JOIN stream s ON s.id = q.stream_id
            WHERE q.stream_id = @stream AND q.due_at <= @now ORDER BY q.due_at, q.id LIMIT @max
            """,
            new { stream, now, max }).ToList();
        End(connection, [.. rows.Where(row => row.Stopped is not null).Select(row => row.Id)], now);
        return [.. rows.Where(row => row.Stopped is null)];
    }

    private static void Take(SqliteConnection connection, List<JobRow> rows, long fence, ClaimRequest request, long now)
    {
        using var take = connection.Prepared(
            $"""
            UPDATE job SET fence = @fence, due_at = @until, updated_at = @now, {MarkedIf}, ambiguous = @ambiguous, crashes = @crashes
            WHERE id = @id
            """,
            "@id", "@fence", "@until", "@now", "@mark", "@state", "@ambiguous", "@crashes");
        var until = now + (long)request.Lease.TotalMilliseconds;
        foreach (var row in rows)
        {
            // A mark that nobody completed: it may have reached the gateway
            if (row.State == (long)DeliveryState.Sending)
            {
                (row.State, row.Ambiguous) = ((long)DeliveryState.Retry, true);
            }

            take.RunWith(row.Id, fence, until, now, request.Mark, row.State, row.Ambiguous, row.Crashes);
        }
    }

    /// <summary>Ends what was stopped while its worker was lost; unknown where it may have been sent.</summary>
    private void End(SqliteConnection connection, List<long> ids, long now)
    {
        using var end = connection.Prepared(
            $"UPDATE job AS q SET state = CASE WHEN ambiguous OR state = 1 THEN 7 ELSE ({Stopped}) END, {Ends} WHERE id = @id AND ({Stopped}) IS NOT NULL",
            "@id", "@now");
        foreach (var id in ids)
        {
            end.RunWith(id, now);
        }

        Changed(connection, ids, now);
    }

    /// <summary>In cancelled campaigns nobody claims again: what was marked and never answered is unknown.</summary>
    private void EndAbandoned(SqliteConnection connection, long now) => End(
        connection,
        connection.Query<long>(
            """
            SELECT j.id FROM control c JOIN stream s ON s.campaign = c.campaign JOIN job j ON j.stream_id = s.id AND j.due_at <= @now
            WHERE c.state = 5 LIMIT 1000
            """,
            new { now }).ToList(),
        now);

    private sealed class OutboxRow
    {
        public long Sequence { get; init; }

        public string JobId { get; init; } = "";

        public bool IsNumber { get; init; }

        public long Round { get; init; }

        public long State { get; init; }

        public long Attempts { get; init; }

        public string? MessageId { get; init; }

        public string? Error { get; init; }

        public long At { get; init; }

        public DeliveryEvent ToEvent() => new()
        {
            JobId = new JobId(JobId, IsNumber),
            Status = new DeliveryStatus((int)Round, (DeliveryState)State, (int)Attempts),
            MessageId = MessageId,
            Error = Error,
            At = DateTimeOffset.FromUnixTimeMilliseconds(At),
        };
    }
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;

namespace MailMarketing.Storage.Sqlite;

/// <summary>What the marketing side brings: jobs, and what it says of them later.</summary>
internal sealed partial class SqliteIntakeQueue
{
    public Task<string> AcceptAsync(JobBatch batch, CancellationToken cancellationToken) => Database.WriteAsync(
        connection =>
        {
            var now = Database.Now;
            if (!string.IsNullOrEmpty(batch.CampaignId))
            {
                // Only running campaigns are offered; of one that was paused or cancelled later, the later word stands
                SetControl(connection, batch.CampaignId, batch.Revision, CampaignState.Running);
            }

            var stream = StreamOf(connection, batch);
            var content = ContentOf(connection, batch.Content);
            foreach (var file in batch.Content.Attachments)
            {
                // Nothing is forgotten here, and a touch would write all of it anew
                if (connection.ExecuteScalar<long>("SELECT count(*) FROM attachment WHERE hash = @Hash", new { file.Hash }) == 0)
                {
                    SqliteAttachmentStore.Add(connection, file.Hash, file.Content, now);
                }
            }

            var incarnation = Incarnation(connection);
            var secret = connection.ExecuteScalar<byte[]>("SELECT secret FROM queue")!;
            using var add = connection.Prepared(
                """
                INSERT INTO job (job_id, is_number, round, stream_id, content_id, policy, fields, idempotency_key, not_after, attempts,
                    ambiguous, state, due_at, updated_at)
                VALUES (@job, @number, @round, @stream, @content, @policy, @fields, @key, @after, @attempts, @maybe, @state, @now, @now)
                ON CONFLICT (job_id, is_number, round) DO NOTHING
                """,
                "@job", "@number", "@round", "@stream", "@content", "@policy", "@fields", "@key", "@after", "@attempts", "@maybe", "@state",
                "@now");
            var (added, ended) = (new List<long>(), new List<long>());
            foreach (var job in batch.Jobs)
            {
                var (id, round) = (job.JobId, job.Round);
                var isInDoubt = job.MaybeSent || (job.Repeated && batch.Queue != incarnation);
                var state = job.Attempts > 0 || isInDoubt ? DeliveryState.Retry : DeliveryState.Pending;
                if (add.RunWith(
                        id.Text, id.IsNumber, round, stream, content, (int)batch.Policy, Json.Write(job.Fields),
                        job.IdempotencyKey ?? KeyOf(secret, id, round), job.NotAfter?.ToUnixTimeMilliseconds(), job.Attempts, isInDoubt,
                        (int)state, now) == 1)
                {
                    added.Add(connection.ExecuteScalar<long>("SELECT last_insert_rowid()"));
                }
                else
                {
                    ended.AddRange(Recognise(connection, job));
                }
            }

            Changed(connection, [.. ended, .. Stop(connection, added, now)], now);
            return incarnation;
        },
        cancellationToken);

    public Task ControlAsync(SendControl control, CancellationToken cancellationToken) => Database.WriteAsync(
        connection =>
        {
            var (now, stopped) = (Database.Now, new List<long>());
            if (control is { CampaignId: { } campaign, State: { } state } && SetControl(connection, campaign, control.Revision, state)
                && state == CampaignState.Cancelled)
            {
                stopped.AddRange(connection.Query<long>(
                    "SELECT id FROM job WHERE stream_id IN (SELECT id FROM stream WHERE campaign = @campaign) AND due_at IS NOT NULL AND state IN (0, 2)",
                    new { campaign }));
            }

            // A job withdrawn before it arrives is withdrawn when it does
            foreach (var (id, round) in control.Withdraw)
            {
                var job = new { id.Text, id.IsNumber, round, control.Reason };
                connection.Execute(
                    "INSERT OR IGNORE INTO withdrawal (job_id, is_number, round, reason) VALUES (@Text, @IsNumber, @round, @Reason)", job);
                stopped.AddRange(connection.Query<long>(
                    """
                    UPDATE job SET error = @Reason WHERE job_id = @Text AND is_number = @IsNumber AND round = @round AND state IN (0, 2)
                    RETURNING id
                    """,
                    job));
            }

            Changed(connection, Stop(connection, [.. stopped.Distinct()], now), now);
            return true;
        },
        cancellationToken);

    /// <summary>Stores what is newest of a campaign, known here or not; false for an older word.</summary>
    private static bool SetControl(SqliteConnection connection, string campaign, long revision, CampaignState state) => connection.Execute(
        """
        INSERT INTO control (campaign, revision, state) VALUES (@campaign, @revision, @state)
        ON CONFLICT (campaign) DO UPDATE SET revision = excluded.revision, state = excluded.state WHERE excluded.revision > control.revision
        """,
        new { campaign, revision, state }) == 1;

    private static long StreamOf(SqliteConnection connection, JobBatch batch) => connection.ExecuteScalar<long>(
        """
        INSERT OR IGNORE INTO stream (campaign, lane) VALUES (@campaign, @lane);
        SELECT id FROM stream WHERE campaign = @campaign AND coalesce(lane, '') = coalesce(@lane, '');
        """,
        new { campaign = batch.CampaignId ?? "", lane = string.IsNullOrEmpty(batch.Lane) ? null : batch.Lane });

    /// <summary>The content's number; batches of a campaign share one.</summary>
    private static long ContentOf(SqliteConnection connection, FrozenContent content)
    {
        var data = Json.Write(content);
        return connection.ExecuteScalar<long>(
            "INSERT OR IGNORE INTO content (hash, data) VALUES (@hash, @data); SELECT id FROM content WHERE hash = @hash;",
            new { hash = SHA256.HashData(Encoding.UTF8.GetBytes(data)), data });
    }

    /// <summary>A job that is here already goes on from the higher number of attempts; gives it where it ended, to be reported again.</summary>
    private static IEnumerable<long> Recognise(SqliteConnection connection, HandedJob job) => connection.Query<(long Id, long State)>(
        """
        UPDATE job SET attempts = CASE WHEN state <= 2 THEN max(attempts, @Attempts) ELSE attempts END
        WHERE job_id = @Text AND is_number = @IsNumber AND round = @Round RETURNING id, state
        """,
        new { job.JobId.Text, job.JobId.IsNumber, job.Round, job.Attempts }).ToList().Where(row => row.State > 2).Select(row => row.Id);

    private static string KeyOf(byte[] secret, JobId id, int round) => Base64Url.EncodeToString(
        HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(FormattableString.Invariant($"{(id.IsNumber ? 'n' : 's')}:{round}:{id.Text}"))));
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MailMarketing.Storage.Postgres;

/// <summary>What the marketing side brings: jobs, and what it says of them later.</summary>
internal sealed partial class PostgresIntakeQueue
{
    public Task<string> AcceptAsync(JobBatch batch, CancellationToken cancellationToken)
    {
        // A job that is in the batch twice is one that came again at once
        var jobs = batch.Jobs.GroupBy(job => (job.JobId, job.Round))
            .Select(same => same.First() with { Attempts = same.Max(job => job.Attempts) }).ToList();
        return Database.WriteAsync(
            async work =>
            {
                if (!string.IsNullOrEmpty(batch.CampaignId))
                {
                    // Only running campaigns are offered; of one that was paused or cancelled later, the later word stands
                    await SetControlAsync(work, batch.CampaignId, batch.Revision, CampaignState.Running);
                }

                var incarnation = await IncarnationAsync(work);
                var added = await AddAsync(work, batch, jobs, incarnation);
                var ended = added.Count < jobs.Count ? await RecogniseAsync(work, jobs, added) : [];
                await ReportAsync(work, [.. ended, .. await StopAsync(work, added)]);
                return incarnation;
            },
            cancellationToken);
    }

    public Task ControlAsync(SendControl control, CancellationToken cancellationToken) => Database.WriteAsync(
        async work =>
        {
            var stopped = new List<long>();
            if (control is { CampaignId: { } campaign, State: { } state } && await SetControlAsync(work, campaign, control.Revision, state)
                && state == CampaignState.Cancelled)
            {
                stopped.AddRange(await work.ListAsync<long>(
                    """
                    SELECT id FROM job WHERE stream_id IN (SELECT id FROM stream WHERE campaign = @campaign)
                      AND due_at IS NOT NULL AND state IN (0, 2) ORDER BY id
                    """,
                    new { campaign }));
            }

            if (control.Withdraw.Count > 0)
            {
                stopped.AddRange(await WithdrawAsync(work, control));
            }

            await ReportAsync(work, await StopAsync(work, [.. stopped.Distinct()]));
            return true;
        },
        cancellationToken);

    /// <summary>Stores what is newest of a campaign, known here or not; false for an older word.</summary>
    private static async Task<bool> SetControlAsync(Work work, string campaign, long revision, CampaignState state) => await work.RunAsync(
        """
        INSERT INTO control AS c (campaign, revision, state) VALUES (@campaign, @revision, @state)
        ON CONFLICT (campaign) DO UPDATE SET revision = excluded.revision, state = excluded.state WHERE excluded.revision > c.revision
        """,
        new { campaign, revision, state }) == 1;

    /// <summary>Adds the jobs that are not here yet; gives their numbers in the queue.</summary>
    private static async Task<List<long>> AddAsync(Work work, JobBatch batch, List<HandedJob> jobs, string incarnation)
    {
        var (stream, content) = (await StreamOfAsync(work, batch), await ContentOfAsync(work, batch.Content));
        foreach (var file in batch.Content.Attachments)
        {
            await KeepAsync(work, file);
        }

        var secret = (await work.FirstAsync<byte[]>("SELECT secret FROM queue"))!;
        return await work.ListAsync<long>(
            $"""
            INSERT INTO job (job_id, is_number, round, stream_id, content_id, policy, fields, idempotency_key, not_after, attempts,
                ambiguous, state, due_at, updated_at)
            SELECT j.id, j.is_number, j.round, @stream, @content, @Policy, j.fields, j.key, j.not_after, j.attempts,
                j.maybe_sent, CASE WHEN j.attempts > 0 OR j.maybe_sent THEN 2 ELSE 0 END, {work.Now}, {work.Now}
            FROM unnest(@ids, @numbers, @rounds, @fields, @keys, @ends, @attempts, @maybe) WITH ORDINALITY
                AS j (id, is_number, round, fields, key, not_after, attempts, maybe_sent, n)
            ORDER BY j.n
            ON CONFLICT (job_id, is_number, round) DO NOTHING RETURNING id
            """,
            new
            {
                stream,
                content,
                batch.Policy,
                ids = jobs.Column(job => job.JobId.Text),
                numbers = jobs.Column(job => job.JobId.IsNumber),
                rounds = jobs.Column(job => job.Round),
                fields = jobs.Column(job => Json.Write(job.Fields)),
                keys = jobs.Column(job => job.IdempotencyKey ?? KeyOf(secret, job.JobId, job.Round)),
                ends = jobs.Column(job => job.NotAfter?.UtcDateTime),
                attempts = jobs.Column(job => job.Attempts),
                maybe = jobs.Column(job => job.MaybeSent || (job.Repeated && batch.Queue != incarnation)),
            });
    }

    // Nothing is forgotten here, so that what is there needs no touch: batches of a campaign come at the same time, and must not wait for each other
    private static async Task KeepAsync(Work work, Attachment file)
    {
        if (await work.FirstAsync<string>("SELECT hash FROM attachment WHERE hash = @Hash", new { file.Hash }) is null)
        {
            await PostgresAttachmentStore.AddAsync(work, file.Hash, file.Content);
        }
    }

    private static async Task<long> StreamOfAsync(Work work, JobBatch batch)
    {
        var stream = new { campaign = batch.CampaignId ?? "", lane = string.IsNullOrEmpty(batch.Lane) ? null : batch.Lane };
        await work.RunAsync("INSERT INTO stream (campaign, lane) VALUES (@campaign, @lane) ON CONFLICT DO NOTHING", stream);
        return await work.FirstAsync<long>(
            "SELECT id FROM stream WHERE campaign = @campaign AND coalesce(lane, '') = coalesce(@lane, '')", stream);
    }

    /// <summary>The content's number; batches of a campaign share one.</summary>
    private static async Task<long> ContentOfAsync(Work work, FrozenContent content)
    {
        var data = Json.Write(content);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(data));
        await work.RunAsync("INSERT INTO content (hash, data) VALUES (@hash, @data) ON CONFLICT DO NOTHING", new { hash, data });
        return await work.FirstAsync<long>("SELECT id FROM content WHERE hash = @hash", new { hash });
    }

    /// <summary>Jobs that are here go on from the higher number of attempts; gives those that ended, to be reported again.</summary>
    private static async Task<List<long>> RecogniseAsync(Work work, List<HandedJob> jobs, List<long> added) =>
        (await work.ListAsync<(long Id, DeliveryState State, long N)>(
            """
            WITH picked AS (
                SELECT q.id, j.attempts, j.n FROM job q
                JOIN unnest(@ids, @numbers, @rounds, @attempts) WITH ORDINALITY AS j (id, is_number, round, attempts, n)
                    ON j.id = q.job_id AND j.is_number = q.is_number AND j.round = q.round
                WHERE q.id <> ALL(@added) ORDER BY q.id FOR UPDATE OF q)
            UPDATE job q SET attempts = CASE WHEN q.state <= 2 THEN greatest(q.attempts, p.attempts) ELSE q.attempts END
            FROM picked p WHERE q.id = p.id RETURNING q.id, q.state, p.n
            """,
            new
            {
                ids = jobs.Column(job => job.JobId.Text),
                numbers = jobs.Column(job => job.JobId.IsNumber),
                rounds = jobs.Column(job => job.Round),
                attempts = jobs.Column(job => job.Attempts),
                added = added.ToArray(),
            }))
        .Where(row => row.State > DeliveryState.Retry).OrderBy(row => row.N).Select(row => row.Id).ToList();

    /// <summary>Notes withdrawals, also of jobs that have not arrived; gives the jobs here that wait.</summary>
    private static async Task<List<long>> WithdrawAsync(Work work, SendControl control)
    {
        var jobs = new
        {
            control.Reason,
            ids = control.Withdraw.Column(job => job.Id.Text),
            numbers = control.Withdraw.Column(job => job.Id.IsNumber),
            rounds = control.Withdraw.Column(job => job.Round),
        };
        await work.RunAsync(
            """
            INSERT INTO withdrawal (job_id, is_number, round, reason)
            SELECT DISTINCT id, is_number, round, @Reason FROM unnest(@ids, @numbers, @rounds) AS j (id, is_number, round) ORDER BY 1, 2, 3
            ON CONFLICT DO NOTHING
            """,
            jobs);
        return await work.ListAsync<long>(
            """
            WITH picked AS (
                SELECT q.id FROM job q JOIN unnest(@ids, @numbers, @rounds) AS j (id, is_number, round)
                    ON j.id = q.job_id AND j.is_number = q.is_number AND j.round = q.round
                WHERE q.state IN (0, 2) ORDER BY q.id FOR UPDATE OF q)
            UPDATE job q SET error = @Reason FROM picked p WHERE q.id = p.id RETURNING q.id
            """,
            jobs);
    }

    private static string KeyOf(byte[] secret, JobId id, int round) => Base64Url.EncodeToString(
        HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(FormattableString.Invariant($"{(id.IsNumber ? 'n' : 's')}:{round}:{id.Text}"))));
}

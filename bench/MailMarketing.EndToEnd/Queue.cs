using Npgsql;

namespace MailMarketing.EndToEnd;

/// <summary>What the queue does for each delivery, against the two bare statements that claim as many rows and write what became of them.</summary>
internal static class Queue
{
    private const string Schema = "queue";
    private const int Block = 500;

    private static readonly TimeSpan _lease = TimeSpan.FromSeconds(30);

    public static async Task<List<Row>> RunAsync(Arguments arguments, string postgres)
    {
        var jobs = arguments.Recipients * 2;
        await using var connection = new NpgsqlConnection(postgres);
        await connection.OpenAsync();
        using var sink = await Sink.StartAsync();
        using var http = new Ceiling(sink.Address);
        await using var product = await Product.BuildAsync(mail => mail.UsePostgres(postgres, options => options.Schema = Schema), sink.Address);
        await product.MigrateAsync();
        var segment = await Crowd.AddAsync(connection, Schema, jobs);
        await product.DraftAsync(segment);
        await Crowd.RunAsync(connection, $"CREATE TABLE {Schema}.bare (LIKE {Schema}.delivery INCLUDING ALL)");

        var turns = new Turns(await Meter.OfAsync(postgres, sink.Process));
        var ours = turns.Add("claim-complete", jobs, () => WorkAsync(product.Get<ISendQueue>(), jobs), async () =>
        {
            await ResetAsync();
            await product.StartCampaignAsync(await product.AddCampaignAsync());
            await SettleAsync("delivery");
        });
        var bare = turns.Add("two bare statements", jobs, () => WorkAsync(connection, jobs), async () =>
        {
            await ResetAsync();
            await Crowd.RunAsync(
                connection,
                $"""
                INSERT INTO {Schema}.bare (campaign_id, contact_id, state, due_at, updated_at)
                SELECT 1, contact_id, 0, now(), now() FROM {Schema}.segment_member WHERE segment_id = {segment} ORDER BY contact_id
                """);
            await SettleAsync("bare");
        });
        var sends = turns.Add("bare requests", arguments.Recipients, () => http.SendAsync(arguments.Recipients));
        Contestant.PrintHeader($"Claiming and completing {jobs}");
        await turns.RunAsync(arguments.Rounds, warmUps: 1);
        await Crowd.RunAsync(connection, $"DROP SCHEMA {Schema} CASCADE");
        return
        [
            ours.Over("claim-complete", bare, "deliveries/s"),
            Row.Of("claim-complete-cpu", ours.PostgresCpu, sends.OwnCpu, "µs of CPU"),
        ];

        Task ResetAsync() => Crowd.RunAsync(
            connection, $"TRUNCATE {Schema}.bare, {Schema}.delivery, {Schema}.delivery_block, {Schema}.campaign_count, {Schema}.claim, {Schema}.campaign");

        Task SettleAsync(string table) => Crowd.RunAsync(connection, $"VACUUM ANALYZE {Schema}.{table}; CHECKPOINT");
    }

    private static async Task WorkAsync(ISendQueue queue, int jobs)
    {
        var done = 0;
        while (await queue.ClaimAsync(new ClaimRequest("default", Block, _lease) { Mark = true }, default) is { } block)
        {
            await queue.CompleteAsync(block.Fence, [.. block.Jobs.Select(Sent)], default);
            done += block.Jobs.Count;
        }

        if (done != jobs)
        {
            throw new InvalidOperationException($"{done} of {jobs} were claimed.");
        }
    }

    private static SendResult Sent(SendJob job) => new()
    {
        QueueId = job.QueueId,
        Status = new(job.Status.Round, DeliveryState.Success, job.Status.Attempts + 1),
        Spent = 1,
        MessageId = "message",
    };

    // With the recipients' data, which whoever sends needs
    private static async Task WorkAsync(NpgsqlConnection connection, int jobs)
    {
        var (fence, last, done) = (0L, 0L, 0);
        while (true)
        {
            var ids = new List<long>(Block);
            await using (var claim = new NpgsqlCommand(
                $"""
                WITH picked AS (
                    SELECT id FROM {Schema}.bare WHERE campaign_id = 1 AND id > $2 AND state = 0 ORDER BY id LIMIT {Block} FOR UPDATE SKIP LOCKED)
                UPDATE {Schema}.bare b SET state = 1, fence = $1, due_at = now() + interval '30 s', attempts = attempts + 1, updated_at = now(),
                    first_attempt_at = now()
                FROM picked p, {Schema}.contact c WHERE b.id = p.id AND c.id = b.contact_id
                RETURNING b.id, c.email, c.name, c.first_name, c.last_name, c.attributes
                """,
                connection))
            {
                claim.Parameters.Add(new NpgsqlParameter<long> { TypedValue = ++fence });
                claim.Parameters.Add(new NpgsqlParameter<long> { TypedValue = last });
                await claim.PrepareAsync();
                await using var rows = await claim.ExecuteReaderAsync();
                while (await rows.ReadAsync())
                {
                    ids.Add(rows.GetInt64(0));
                    _ = (rows.GetString(1), rows.GetString(2), rows.GetString(3), rows.GetString(5));
                }
            }

            if (ids.Count == 0)
            {
                break;
            }

            await using var complete = new NpgsqlCommand(
                $"""
                UPDATE {Schema}.bare b SET state = 8, message_id = r.message, due_at = NULL, fence = 0, updated_at = now()
                FROM unnest($1, $2) AS r (id, message) WHERE b.id = r.id AND b.fence = $3
                """,
                connection);
            complete.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. ids] });
            complete.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. ids.Select(_ => "message")] });
            complete.Parameters.Add(new NpgsqlParameter<long> { TypedValue = fence });
            await complete.PrepareAsync();
            (last, done) = (ids.Max(), done + await complete.ExecuteNonQueryAsync());
        }

        if (done != jobs)
        {
            throw new InvalidOperationException($"{done} of {jobs} were claimed.");
        }
    }
}

namespace MailMarketing.Storage.Postgres;

/// <summary>
/// Notices that a campaign has nothing waiting any more. This runs after the transaction that ended deliveries: two workers that end the
/// last ones at once cannot see each other's before, and to make them wait in line would slow every batch. Claims look too, so that
/// nothing is missed when a process dies in between.
/// </summary>
internal static class Completion
{
    private const string Done = """
        c.started_at IS NOT NULL AND (c.state = 2 OR (c.state = 5 AND c.completed_at IS NULL))
        AND coalesce((SELECT sum(n.n) FROM campaign_count n WHERE n.campaign_id = c.id AND n.state <= 2), 0) = 0
        """;

    /// <summary>A query of the campaigns that have nothing waiting and do not say so yet.</summary>
    public const string AllDone = $"SELECT c.id FROM campaign c WHERE c.state IN (2, 5) AND {Done}";

    public static async Task CheckAsync(PostgresDatabase database, IReadOnlyCollection<long> campaigns, CancellationToken cancellationToken)
    {
        var done = await database.ReadAsync(
            work => work.ListAsync<long>(
                $"SELECT id FROM campaign c WHERE c.id = ANY(@campaigns) AND {Done}", new { campaigns = campaigns.ToArray() }),
            cancellationToken);
        if (done.Count == 0)
        {
            return;
        }

        // Only who holds the campaign's row may give it something to wait for again; what that one wrote is seen by the second statement
        var ids = new { ids = done.ToArray() };
        await database.WriteAsync(
            async work =>
            {
                await work.RunAsync("SELECT 1 FROM campaign WHERE id = ANY(@ids) ORDER BY id FOR NO KEY UPDATE", ids);
                return await work.RunAsync(
                    $"""
                    UPDATE campaign c SET completed_at = {work.Now}, revision = revision + (state = 2)::integer,
                        state = CASE state WHEN 2 THEN 4 ELSE state END
                    WHERE id = ANY(@ids) AND {Done}
                    """,
                    ids);
            },
            cancellationToken);
    }
}

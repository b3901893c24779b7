namespace MailMarketing.Storage.Postgres;

/// <summary>What a claim finds left over of others.</summary>
internal sealed partial class PostgresHandOverQueue
{
    /// <summary>
    /// Looks by one statement whether something is left of claims or of cancelled campaigns, or a campaign is complete, and has the rest
    /// of the claim planned in the order of ids.
    /// </summary>
    private async Task TidyAsync(Work work)
    {
        // A campaign of a million that started a moment ago has few rows by the planner's statistics: it would gather them all to sort them
        var (expired, abandoned, done, _) = await work.FirstAsync<(bool Expired, bool Abandoned, long[] Done, string Planned)>(
            $"""
            SELECT EXISTS (SELECT 1 FROM claim WHERE until <= {work.Now}) AS Expired, EXISTS ({Abandoned(work)}) AS Abandoned,
                ARRAY({Completion.AllDone}) AS Done,
                set_config('enable_bitmapscan', 'off', true) || set_config('enable_seqscan', 'off', true) AS Planned
            """);
        Array.ForEach(done, work.Moves.Touch);
        if (expired)
        {
            await FindExpiredAsync(work);
        }

        if (expired || abandoned)
        {
            await EndAsync(work, await work.ListAsync<long>($"{Abandoned(work)} LIMIT 1000"));
        }
    }

    /// <summary>Makes what claims left unfinished due again, once their lease is over.</summary>
    private static async Task FindExpiredAsync(Work work)
    {
        var gone = await work.ListAsync<(long Fence, long[] Ids)>(
            $"""
            DELETE FROM claim WHERE fence IN (
                SELECT fence FROM claim WHERE until <= {work.Now} ORDER BY fence LIMIT 20 FOR UPDATE SKIP LOCKED)
            RETURNING fence, ids
            """);
        foreach (var (fence, ids) in gone)
        {
            await work.RunAsync(
                """
                WITH picked AS (
                    SELECT q.id FROM delivery q WHERE q.id = ANY(@ids) AND q.fence = @fence AND q.state <= 2 ORDER BY q.id FOR UPDATE)
                UPDATE delivery q SET again_at = q.due_at FROM picked p WHERE q.id = p.id
                """,
                new { fence, ids });
        }
    }

    /// <summary>In cancelled campaigns nobody claims again: what was marked or handed over and never answered is unknown.</summary>
    private static string Abandoned(Work work) =>
        $"""
        SELECT q.id FROM campaign c JOIN delivery q ON q.campaign_id = c.id AND {DueNow(work, fresh: true)}
        WHERE c.state = 5 AND c.completed_at IS NULL AND c.started_at IS NOT NULL
        """;
}

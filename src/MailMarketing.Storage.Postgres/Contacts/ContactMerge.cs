namespace MailMarketing.Storage.Postgres;

/// <summary>Makes contacts of the people in the temporary table staged, in the caller's transaction.</summary>
internal static class ContactMerge
{
    /// <summary>Held while people are written: of two that write the same ones in different order each would wait for the other.</summary>
    public static string Lock => Work.LockOf("contact");

    /// <summary>Adds or updates them by address, each of which is there once. What is not said of a person leaves what is stored.</summary>
    public static async Task<(int Added, int Updated)> RunAsync(Work work)
    {
        await work.RunLongAsync($"SELECT pg_advisory_xact_lock({Lock})");

        // Those who change nothing are not touched; whoever adds one of the others meanwhile makes the insert an update
        var counts = (await work.ListLongAsync<(int Added, int Updated)>(
            $"""
            WITH written AS (
                INSERT INTO contact AS c (email, email_key, name, first_name, last_name, name_key, first_name_key, last_name_key,
                    attributes, created_at, updated_at)
                SELECT s.email, s.email_key, s.name, s.first_name, s.last_name, s.name_key, s.first_name_key, s.last_name_key,
                    s.attributes, {work.Now}, {work.Now}
                FROM staged s LEFT JOIN contact k ON k.email_key = s.email_key
                WHERE k.id IS NULL OR k.email <> s.email OR k.attributes <> k.attributes || s.attributes
                   OR k.name IS DISTINCT FROM coalesce(s.name, k.name)
                   OR k.first_name IS DISTINCT FROM coalesce(s.first_name, k.first_name)
                   OR k.last_name IS DISTINCT FROM coalesce(s.last_name, k.last_name)
                   OR (s.unsubscribed AND k.status <> 1)
                ORDER BY s.id
                ON CONFLICT (email_key) DO UPDATE SET email = excluded.email,
                    name = coalesce(excluded.name, c.name), name_key = coalesce(excluded.name_key, c.name_key),
                    first_name = coalesce(excluded.first_name, c.first_name),
                    first_name_key = coalesce(excluded.first_name_key, c.first_name_key),
                    last_name = coalesce(excluded.last_name, c.last_name),
                    last_name_key = coalesce(excluded.last_name_key, c.last_name_key),
                    attributes = c.attributes || excluded.attributes, updated_at = {work.Now}
                RETURNING xmax = 0 AS added)
            SELECT count(*) FILTER (WHERE added)::integer, count(*) FILTER (WHERE NOT added)::integer FROM written
            """))[0];
        work.Moves.AddContacts(counts.Added);
        await UnsubscribeAsync(work);
        return counts;
    }

    private static async Task UnsubscribeAsync(Work work)
    {
        var gone = await work.ListLongAsync<long>(
            """
            WITH gone AS (
                SELECT c.id FROM staged s JOIN contact c ON c.email_key = s.email_key WHERE s.unsubscribed AND c.status <> 1
                ORDER BY c.id FOR NO KEY UPDATE OF c)
            UPDATE contact c SET status = 1 FROM gone WHERE c.id = gone.id RETURNING c.id
            """);
        await Withdrawal.TakeAsync(work, gone, DeliveryState.Suppressed, AudienceRules.Unwanted);
    }
}

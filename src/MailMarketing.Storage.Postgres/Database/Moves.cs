namespace MailMarketing.Storage.Postgres;

/// <summary>
/// Adds up how deliveries move between states, and contacts come and go, in one transaction. The counts are written by its last
/// statements, in one order, and into one of several shards: nobody holds a count while waiting for something else, and workers seldom meet at one.
/// </summary>
internal sealed class Moves
{
    private const int Shards = 16;

    private readonly SortedDictionary<(long Campaign, DeliveryState State), long> _counts = [];
    private readonly HashSet<long> _ended = [];
    private long _contacts;

    /// <summary>Campaigns that may have nothing waiting any more.</summary>
    public IReadOnlyCollection<long> Ended => _ended;

    public void Add(IEnumerable<Moved> rows)
    {
        foreach (var row in rows)
        {
            Add(row.GroupId, row.Was, row.State, row.N);
        }
    }

    public void Add(long campaign, DeliveryState? was, DeliveryState state, long n = 1)
    {
        if (was is { } before)
        {
            Change(campaign, before, -n);
        }

        Change(campaign, state, n);
        End(campaign, state);
    }

    /// <summary>Follows a delivery that moved to a state and was counted by the same statement.</summary>
    public void End(long campaign, DeliveryState state)
    {
        if (state > DeliveryState.Retry)
        {
            _ended.Add(campaign);
        }
    }

    /// <summary>
    /// Writes counts within a statement that moves deliveries, as a part of its WITH: for what such a statement moves there is nothing left
    /// to add here but <see cref="End"/>.
    /// </summary>
    /// <param name="moved">A part of the same WITH that gives the campaign_id, the state before (was) and the state of what moved.</param>
    public static string Counting(string moved) =>
        $"""
        counted AS (
            INSERT INTO campaign_count AS c (campaign_id, shard, state, n)
            SELECT campaign_id, pg_backend_pid() % {Shards}, state, sum(n) FROM (
                SELECT campaign_id, was, -1 FROM {moved} UNION ALL SELECT campaign_id, state, 1 FROM {moved}) AS d (campaign_id, state, n)
            GROUP BY campaign_id, state HAVING sum(n) <> 0 ORDER BY campaign_id, state
            ON CONFLICT (campaign_id, shard, state) DO UPDATE SET n = c.n + excluded.n)
        """;

    /// <summary>Contacts that came, or went where <paramref name="n"/> is negative.</summary>
    public void AddContacts(long n) => _contacts += n;

    /// <summary>Has a campaign looked at that may be complete though none of its deliveries moved.</summary>
    public void Touch(long campaign) => _ended.Add(campaign);

    /// <summary>Spares campaigns that cannot be complete the look whether they are.</summary>
    public void GoOn(IEnumerable<long> campaigns) => _ended.ExceptWith(campaigns);

    /// <summary>Takes everything back, as the transaction took back what was moved.</summary>
    public void Forget()
    {
        _counts.Clear();
        _ended.Clear();
        _contacts = 0;
    }

    public async Task WriteAsync(Work work)
    {
        if (_contacts != 0)
        {
            await work.RunAsync(
                $"""
                INSERT INTO contact_count AS c (shard, n) VALUES (pg_backend_pid() % {Shards}, @n)
                ON CONFLICT (shard) DO UPDATE SET n = c.n + excluded.n
                """,
                new { n = _contacts });
        }

        var changes = _counts.Where(count => count.Value != 0).ToList();
        if (changes.Count > 0)
        {
            await work.RunAsync(
                $"""
                INSERT INTO campaign_count AS c (campaign_id, shard, state, n)
                SELECT campaign_id, pg_backend_pid() % {Shards}, state, n FROM unnest(@campaigns, @states, @ns) AS d (campaign_id, state, n)
                ORDER BY campaign_id, state
                ON CONFLICT (campaign_id, shard, state) DO UPDATE SET n = c.n + excluded.n
                """,
                new
                {
                    campaigns = changes.Column(change => change.Key.Campaign),
                    states = changes.Column(change => (short)change.Key.State),
                    ns = changes.Column(change => change.Value),
                });
        }
    }

    private void Change(long campaign, DeliveryState state, long n) =>
        _counts[(campaign, state)] = _counts.GetValueOrDefault((campaign, state)) + n;
}

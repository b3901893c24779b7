namespace MailMarketing.Storage.Postgres;

/// <summary>
/// What the marketing side's deliveries and a sending side's jobs have in common as a queue. A claimed row carries its fence, and
/// <c>due_at</c> is the end of its lease: an expired lease is simply due again. It keeps waiting as pending or retry until it is marked.
/// Every change is one statement for all rows of a call.
/// </summary>
internal abstract partial class PostgresSendQueue(PostgresDatabase database, IEnumerable<Lane> lanes) : ISendQueue
{
    /// <summary>The state of a row <c>q</c> after a claim <c>r</c>, in an UPDATE of it: one that marks counts an attempt.</summary>
    protected static string MarkedIf(Work work) =>
        $"""
        state = CASE WHEN @mark THEN 1 ELSE r.state END, attempts = q.attempts + @mark::integer,
        first_attempt_at = CASE WHEN @mark THEN coalesce(q.first_attempt_at, {work.Now}) ELSE q.first_attempt_at END
        """;

    // A campaign without a lane goes through the first one
    private readonly string? _defaultLane = lanes.FirstOrDefault()?.Name;

    /// <summary>The table of the rows.</summary>
    protected abstract string Table { get; }

    /// <summary>The column of the campaign, or of what stands for one.</summary>
    protected abstract string Group { get; }

    /// <summary>A condition on a row <c>q</c>: its campaign is running.</summary>
    protected abstract string Runs { get; }

    /// <summary>The number of the state in which a waiting row <c>q</c> must end, being stopped; NULL where nobody stopped it.</summary>
    protected abstract string Stopped { get; }

    /// <summary>A condition on a row <c>q</c>: no other process works on it.</summary>
    protected virtual string Here => "true";

    /// <summary>Sets, after a comma, what a row <c>q</c> that nobody has is found by, where that is not <c>due_at</c> itself.</summary>
    /// <param name="due">When it can next be claimed.</param>
    protected virtual string Again(string due) => "";

    /// <summary>What else changes, after a comma, in a row <c>q</c> that is given back.</summary>
    protected virtual string AlsoReleases => "";

    /// <summary>What else changes, after a comma, in a row <c>q</c> that moves to the state <c>p.ends</c>.</summary>
    protected virtual string AlsoMoves => "";

    protected PostgresDatabase Database { get; } = database;

    public abstract Task<SendBlock?> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken);

    public Task<IReadOnlySet<long>> MarkAsync(long fence, IReadOnlyList<long> queueIds, CancellationToken cancellationToken) =>
        Database.WriteAsync<IReadOnlySet<long>>(
            async work =>
            {
                var rows = await MoveAsync(
                    work,
                    "q.id = ANY(@ids) AND q.fence = @fence AND q.state IN (0, 2)",
                    $"""
                    state = CASE WHEN p.fit THEN 1 ELSE q.state END, attempts = q.attempts + p.fit::integer, updated_at = {work.Now},
                    first_attempt_at = CASE WHEN p.fit THEN coalesce(q.first_attempt_at, {work.Now}) ELSE q.first_attempt_at END,
                    fence = CASE WHEN p.fit THEN q.fence ELSE 0 END, due_at = CASE WHEN p.fit THEN q.due_at ELSE {work.Now} END
                    {Again($"CASE WHEN NOT p.fit THEN {work.Now} END")}
                    """,
                    new { ids = queueIds.ToArray(), fence },
                    also: $", q.due_at > {work.Now} AND {Runs} AND ({Stopped}) IS NULL AS fit");
                var refused = rows.Where(row => row.State != DeliveryState.Sending).Select(row => row.Id).ToList();
                await ReportAsync(work, await StopAsync(work, refused));
                return rows.Where(row => row.State == DeliveryState.Sending).Select(row => row.Id).ToHashSet();
            },
            cancellationToken);

    public Task ReleaseAsync(long fence, IReadOnlyList<long> queueIds, CancellationToken cancellationToken) => Database.WriteAsync(
        async work =>
        {
            var released = await MoveAsync(
                work,
                "q.id = ANY(@ids) AND q.fence = @fence AND q.state <= 2",
                $"""
                fence = 0, due_at = {work.Now} {Again(work.Now)}, updated_at = {work.Now}, attempts = q.attempts - (q.state = 1)::integer,
                first_attempt_at = CASE WHEN q.state = 1 AND q.attempts = 1 THEN NULL ELSE q.first_attempt_at END,
                state = CASE WHEN q.state <> 1 THEN q.state WHEN q.attempts > 1 OR q.ambiguous THEN 2 ELSE 0 END {AlsoReleases}
                """,
                new { ids = queueIds.ToArray(), fence });
            await ReportAsync(work, await StopAsync(work, [.. released.Select(row => row.Id)]));
            return true;
        },
        cancellationToken);

    public virtual Task<bool> RenewAsync(long fence, TimeSpan lease, CancellationToken cancellationToken) => Database.WriteAsync(
        async work => (await work.ListAsync<Moved>(
            Moving.Rows(
                Table, Group, "q.fence = @fence AND q.fence <> 0 AND q.state <= 2",
                $"due_at = {work.Now} + @lease * interval '1 millisecond'"),
            new { fence, lease = (long)lease.TotalMilliseconds })).Count > 0,
        cancellationToken);

    /// <summary>Follows rows that moved between states.</summary>
    protected virtual void Count(Work work, IEnumerable<Moved> rows)
    {
    }

    /// <summary>Follows rows that moved between states and were counted by the statement that moved them.</summary>
    protected virtual void Counted(Work work, IEnumerable<MovedTogether> groups)
    {
    }

    /// <summary>Follows rows of which the other process is to hear; the last thing that a transaction does.</summary>
    protected virtual Task ReportAsync(Work work, IReadOnlyList<long> ids) => Task.CompletedTask;

    /// <summary>
    /// Ends those of some waiting, unmarked rows that somebody stopped; where an attempt had no answer, nobody can tell. Gives them.
    /// </summary>
    protected async Task<List<long>> StopAsync(Work work, IReadOnlyCollection<long> ids)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var stopped = (await MoveAsync(
                work,
                $"q.id = ANY(@ids) AND q.state IN (0, 2) AND {Here} AND ({Stopped}) IS NOT NULL",
                $"state = CASE WHEN q.ambiguous THEN 7 ELSE p.ends END, {Ends(work)}",
                new { ids = ids.ToArray() },
                also: $", ({Stopped}) AS ends"))
            .Select(row => row.Id).ToHashSet();
        return [.. ids.Where(stopped.Contains)];
    }

    /// <summary>Ends due rows that cannot be sent: as they were stopped, or unknown where they may have been sent. Gives them.</summary>
    protected async Task<List<long>> EndAsync(Work work, IReadOnlyCollection<long> ids) => ids.Count == 0
        ? []
        : [.. (await MoveAsync(
                work,
                $"q.id = ANY(@ids) AND q.state <= 2 AND q.due_at <= {work.Now}",
                $"state = p.ends, {Ends(work)}",
                new { ids = ids.ToArray() },
                also: $", CASE WHEN q.ambiguous OR q.state = 1 OR NOT {Here} THEN 7 ELSE coalesce(({Stopped}), 6) END AS ends"))
            .Select(row => row.Id).Order()];

    /// <summary>Whether what has no lane of its own goes through this one.</summary>
    protected bool IsDefault(string lane) => lane.Length == 0 || lane == _defaultLane;

    /// <summary>How many each of some lists gives, so that all give the same as far as they have it.</summary>
    protected static int[] Share(IReadOnlyList<long> due, int max)
    {
        var shares = new int[due.Count];
        for (var left = max; left > 0;)
        {
            var open = Enumerable.Range(0, due.Count).Where(i => shares[i] < due[i]).ToList();
            if (open.Count == 0)
            {
                break;
            }

            var each = Math.Max(1, left / open.Count);
            foreach (var i in open)
            {
                var more = (int)Math.Min(Math.Min(each, due[i] - shares[i]), left);
                (shares[i], left) = (shares[i] + more, left - more);
            }
        }

        return shares;
    }

    private string Ends(Work work) => $"fence = 0, due_at = NULL {Again("NULL")}, updated_at = {work.Now} {AlsoMoves}";

    private async Task<List<Moved>> MoveAsync(Work work, string where, string set, object parameters, string join = "", string also = "")
    {
        var rows = await work.ListAsync<Moved>(Moving.Rows(Table, Group, where, set, join, also), parameters);
        Count(work, rows);
        return rows;
    }
}

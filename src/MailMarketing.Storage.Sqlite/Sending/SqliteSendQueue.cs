using Microsoft.Data.Sqlite;

namespace MailMarketing.Storage.Sqlite;

/// <summary>
/// What the marketing side's deliveries and a sending side's jobs have in common as a queue. A claimed row carries its fence, and
/// <c>due_at</c> is the end of its lease: an expired lease is simply due again. It keeps waiting as pending or retry until it is marked.
/// </summary>
internal abstract class SqliteSendQueue(SqliteDatabase database, IEnumerable<Lane> lanes) : ISendQueue
{
    /// <summary>A row that is claimed no more and ends, in an UPDATE of it.</summary>
    protected const string Ends = "fence = 0, due_at = NULL, updated_at = @now";

    /// <summary>The state of a row after a claim, in an UPDATE of it: one that marks counts an attempt.</summary>
    protected const string MarkedIf = """
        state = CASE WHEN @mark THEN 1 ELSE @state END, attempts = attempts + @mark,
        first_attempt_at = CASE WHEN @mark THEN coalesce(first_attempt_at, @now) ELSE first_attempt_at END
        """;

    // A campaign without a lane goes through the first one
    private readonly string? _defaultLane = lanes.FirstOrDefault()?.Name;

    /// <summary>The table of the rows.</summary>
    protected abstract string Table { get; }

    /// <summary>A condition on a row <c>q</c>: its campaign is running.</summary>
    protected abstract string Runs { get; }

    /// <summary>The state (a number) in which a row <c>q</c> that waits must end since somebody stopped it; NULL where nobody did.</summary>
    protected abstract string Stopped { get; }

    /// <summary>A condition on a row <c>q</c>: no other process works on it.</summary>
    protected virtual string Here => "true";

    protected SqliteDatabase Database { get; } = database;

    public abstract Task<SendBlock?> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken);

    public Task<IReadOnlySet<long>> MarkAsync(long fence, IReadOnlyList<long> queueIds, CancellationToken cancellationToken) =>
        Database.WriteAsync<IReadOnlySet<long>>(
            connection =>
            {
                var (now, marked, refused) = (Database.Now, new HashSet<long>(), new List<long>());
                using var mark = connection.Prepared(
                    $"""
                    UPDATE {Table} AS q SET state = 1, attempts = attempts + 1, first_attempt_at = coalesce(first_attempt_at, @now), updated_at = @now
                    WHERE id = @id AND fence = @fence AND state IN (0, 2) AND due_at > @now AND {Runs} AND ({Stopped}) IS NULL
                    """,
                    "@id", "@fence", "@now");
                using var release = connection.Prepared(
                    $"UPDATE {Table} SET fence = 0, due_at = @now WHERE id = @id AND fence = @fence AND state IN (0, 2)", "@id", "@fence", "@now");
                foreach (var id in queueIds.Distinct())
                {
                    if (mark.RunWith(id, fence, now) == 1)
                    {
                        marked.Add(id);
                    }
                    else if (release.RunWith(id, fence, now) == 1)
                    {
                        refused.Add(id);
                    }
                }

                Changed(connection, Stop(connection, refused, now), now);
                return marked;
            },
            cancellationToken);

    public Task<int> CompleteAsync(long fence, IReadOnlyList<SendResult> results, CancellationToken cancellationToken) => Database.WriteAsync(
        connection =>
        {
            var (now, stale, changed, waiting) = (Database.Now, 0, new List<long>(), new List<long>());
            using var complete = connection.Prepared(
                $"""
                UPDATE {Table} SET state = @state, attempts = @attempts, spent = @spent, refusals = @refusals, ambiguous = @ambiguous, crashes = 0,
                    message_id = coalesce(@message, message_id), error = @error, fence = 0, due_at = @due, updated_at = @now
                WHERE id = @id AND round = @round AND fence = @fence AND state <= 2
                """,
                "@id", "@round", "@fence", "@state", "@attempts", "@spent", "@refusals", "@ambiguous", "@message", "@error", "@due", "@now");
            using var late = connection.Prepared(
                $"""
                UPDATE {Table} SET state = 8, attempts = max(attempts, @attempts), message_id = coalesce(@message, message_id), error = NULL, {Ends}
                WHERE id = @id AND round = @round AND state <> 8
                """,
                "@id", "@round", "@attempts", "@message", "@now");
            foreach (var result in results)
            {
                var (id, status) = (result.QueueId, result.Status);
                var state = status.IsWaiting ? DeliveryState.Retry : status.State;
                long? due = status.IsWaiting ? now + (long)result.RetryAfter.TotalMilliseconds : null;
                if (complete.RunWith(
                        id, status.Round, fence, (int)state, status.Attempts, result.Spent, result.Refusals, result.Ambiguous,
                        result.MessageId, result.Error, due, now) == 1)
                {
                    changed.Add(id);
                    if (status.IsWaiting)
                    {
                        waiting.Add(id);
                    }
                }
                else if (state == DeliveryState.Success && late.RunWith(id, status.Round, status.Attempts, result.MessageId, now) == 1)
                {
                    changed.Add(id);
                }
                else
                {
                    stale++;
                }
            }

            Stop(connection, waiting, now);
            Changed(connection, changed, now);
            return stale;
        },
        cancellationToken);

    public Task ReleaseAsync(long fence, IReadOnlyList<long> queueIds, CancellationToken cancellationToken) => Database.WriteAsync(
        connection =>
        {
            var (now, released) = (Database.Now, new List<long>());
            using var release = connection.Prepared(
                $"""
                UPDATE {Table} SET fence = 0, due_at = @now, updated_at = @now,
                    attempts = attempts - (state = 1),
                    first_attempt_at = CASE WHEN state = 1 AND attempts = 1 THEN NULL ELSE first_attempt_at END,
                    state = CASE WHEN state <> 1 THEN state WHEN attempts > 1 OR ambiguous THEN 2 ELSE 0 END
                WHERE id = @id AND fence = @fence AND state <= 2
                """,
                "@id", "@fence", "@now");
            foreach (var id in queueIds.Distinct())
            {
                if (release.RunWith(id, fence, now) == 1)
                {
                    released.Add(id);
                }
            }

            Released(connection, released);
            Changed(connection, Stop(connection, released, now), now);
            return true;
        },
        cancellationToken);

    public Task<bool> RenewAsync(long fence, TimeSpan lease, CancellationToken cancellationToken) => Database.WriteAsync(
        connection =>
        {
            using var renew = connection.Prepared($"UPDATE {Table} SET due_at = @until WHERE fence = @fence AND fence <> 0 AND state <= 2", "@until", "@fence");
            return renew.RunWith(Database.Now + (long)lease.TotalMilliseconds, fence) > 0;
        },
        cancellationToken);

    /// <summary>Follows rows that moved to a state, in the same transaction.</summary>
    protected abstract void Changed(SqliteConnection connection, IReadOnlyCollection<long> ids, long now);

    /// <summary>Follows rows that were given back, in the same transaction.</summary>
    protected virtual void Released(SqliteConnection connection, IReadOnlyCollection<long> ids)
    {
    }

    /// <summary>Ends those of some waiting, unmarked rows that somebody stopped; where an attempt had no answer, nobody can tell. Gives them.</summary>
    protected List<long> Stop(SqliteConnection connection, IReadOnlyCollection<long> ids, long now)
    {
        using var stop = connection.Prepared(
            $"""
            UPDATE {Table} AS q SET state = CASE WHEN ambiguous THEN 7 ELSE ({Stopped}) END, {Ends}
            WHERE id = @id AND state IN (0, 2) AND {Here} AND ({Stopped}) IS NOT NULL
            """,
            "@id", "@now");
        return [.. ids.Where(id => stop.RunWith(id, now) == 1)];
    }

    /// <summary>Whether what has no lane of its own goes through this one.</summary>
    protected bool IsDefault(string lane) => lane.Length == 0 || lane == _defaultLane;

    /// <summary>Takes one of each list in turn until there are enough.</summary>
    protected static List<T> TakeTurns<T>(IReadOnlyList<IReadOnlyList<T>> lists, int max)
    {
        var taken = new List<T>();
        for (var row = 0; taken.Count < max && lists.Any(list => list.Count > row); row++)
        {
            taken.AddRange(lists.Where(list => list.Count > row).Select(list => list[row]).Take(max - taken.Count));
        }

        return taken;
    }
}

namespace MailMarketing.Storage.Postgres;

/// <summary>Writing down what became of claimed rows.</summary>
internal abstract partial class PostgresSendQueue
{
    public Task<int> CompleteAsync(
        long fence, IReadOnlyList<SendResult> results, CancellationToken cancellationToken) => Database.WriteAsync(
        async work =>
        {
            var own = await OwnAsync(work, fence, [.. results.OrderBy(result => result.QueueId)]);
            var changed = own.SelectMany(group => group.Ids).ToHashSet();
            var late = results.Where(result => result.Status.State == DeliveryState.Success && !changed.Contains(result.QueueId)).ToList();
            if (late.Count > 0)
            {
                changed.UnionWith((await LateAsync(work, late)).Select(row => row.Id));
            }

            await StopAsync(work, [.. own.Where(group => group.State == DeliveryState.Retry).SelectMany(group => group.Ids)]);
            await ReportAsync(work, [.. results.Select(result => result.QueueId).Where(changed.Contains).Distinct()]);
            return results.Count - changed.Count;
        },
        cancellationToken);

    /// <summary>A part of a WITH, and a comma: forgets a claim of which nothing is left once so many of its rows are completed.</summary>
    protected virtual string Forgets => "";

    /// <summary>A part of a WITH, after a comma: counts what another part of it moved.</summary>
    protected virtual string Counts(string moved) => "";

    /// <summary>Writes results of rows that are still the worker's; gives those rows.</summary>
    private async Task<List<MovedTogether>> OwnAsync(Work work, long fence, List<SendResult> results)
    {
        // Nearly all were marked, so that their state before need not be looked up
        var own = await OwnAsync(
            work, fence, results, "", "q.state = 1", was: "1::smallint", $"WITH {Forgets} moved AS");
        var marked = own.SelectMany(group => group.Ids).ToHashSet();
        var rest = results.FindAll(result => !marked.Contains(result.QueueId));
        if (rest.Count > 0)
        {
            // Read beside the row, since to lock it first would write it twice; one that changes meanwhile is not the worker's any more
            own.AddRange(await OwnAsync(
                work, fence, rest, $"JOIN {Table} o ON o.id = p.id", "q.state <= 2 AND q.state = o.state", was: "o.state", "WITH moved AS"));
        }

        return own;
    }

    private async Task<List<MovedTogether>> OwnAsync(
        Work work, long fence, List<SendResult> results, string join, string where, string was, string with)
    {
        // Within CASE, since of a table that has no statistics yet the planner would think that next to none has this fence, and look through
        // all results for each delivery
        var groups = await work.ListAsync<MovedTogether>(
            $"""
            {with} (
            UPDATE {Table} q SET state = p.ends, attempts = p.made, spent = p.used, refusals = p.refused, ambiguous = p.unclear,
                message_id = coalesce(p.message, q.message_id), error = p.reason, crashes = 0, fence = 0, updated_at = {work.Now},
                due_at = {DueAgain(work)} {Again(DueAgain(work))} {AlsoMoves}
            FROM unnest(@ids, @rounds, @states, @attempts, @spent, @refusals, @ambiguous, @messages, @errors, @waits)
                AS p (id, round, ends, made, used, refused, unclear, message, reason, wait) {join}
            WHERE q.id = p.id AND CASE WHEN q.round = p.round AND q.fence = @fence AND {where} THEN true ELSE false END
            RETURNING q.id, q.{Group}, {was} AS was, q.state) {Counts("moved")}
            SELECT {Group} AS GroupId, state, array_agg(id) AS ids FROM moved GROUP BY {Group}, state
            """,
            new
            {
                fence,
                ids = results.Column(result => result.QueueId),
                rounds = results.Column(result => result.Status.Round),
                states = results.Column(result => (short)(result.Status.IsWaiting ? DeliveryState.Retry : result.Status.State)),
                attempts = results.Column(result => result.Status.Attempts),
                spent = results.Column(result => result.Spent),
                refusals = results.Column(result => result.Refusals),
                ambiguous = results.Column(result => result.Ambiguous),
                messages = results.Column(result => Stored.Text(result.MessageId)),
                errors = results.Column(result => Stored.Text(result.Error)),
                waits = results.Column(result => (long)result.RetryAfter.TotalMilliseconds),
            });
        Counted(work, groups);
        return groups;
    }

    /// <summary>A late success of the round is kept whoever holds the row now, since it is true; gives the rows.</summary>
    private Task<List<Moved>> LateAsync(Work work, List<SendResult> successes) => MoveAsync(
        work,
        "q.round = r.round AND q.state <> 8",
        $"""
        state = p.ends, attempts = greatest(q.attempts, p.made), message_id = coalesce(p.message, q.message_id), error = NULL, crashes = 0,
        {Ends(work)}
        """,
        new
        {
            ids = successes.Column(result => result.QueueId),
            rounds = successes.Column(result => result.Status.Round),
            attempts = successes.Column(result => result.Status.Attempts),
            messages = successes.Column(result => Stored.Text(result.MessageId)),
        },
        "JOIN unnest(@ids, @rounds, @attempts, @messages) AS r (id, round, made, message) ON r.id = q.id",
        ", 8::smallint AS ends, r.made, r.message");

    private static string DueAgain(Work work) => $"CASE WHEN p.ends <= 2 THEN {work.Now} + p.wait * interval '1 millisecond' END";
}

namespace MailMarketing.Storage.Postgres;

/// <summary>Takes the waiting deliveries of contacts along when they stop being mailable.</summary>
internal static class Withdrawal
{
    public static async Task TakeAsync(Work work, IReadOnlyCollection<long> contactIds, DeliveryState state, string reason)
    {
        if (contactIds.Count == 0)
        {
            return;
        }

        // Marked ones are on the wire and end by their own outcome; an interrupted attempt before makes the truth unknown
        var contacts = contactIds.ToArray();
        work.Moves.Add(await work.ListLongAsync<Moved>(
            Moving.Deliveries(
                $"""
                q.contact_id = ANY(@contacts) AND q.state IN ({DeliveryTransitions.Numbers(DeliveryCommand.Suppress)}) AND q.handed_over = 0
                """,
                $"""
                state = CASE WHEN q.ambiguous THEN @unknown ELSE @state END, fence = 0, due_at = NULL, again_at = NULL,
                error = @reason, updated_at = {work.Now}
                """),
            new { contacts, state, unknown = DeliveryState.Unknown, reason }));
        await TellAsync(work, contacts, reason);
    }

    /// <summary>Queues the withdrawal of what the sending side has of contacts.</summary>
    public static async Task TellAsync(Work work, long[] contacts, string reason)
    {
        var handed = await work.ListLongAsync<(long Id, int Round)>(
            "SELECT id, round FROM delivery WHERE contact_id = ANY(@contacts) AND state <= 2 AND handed_over > 0 ORDER BY id",
            new { contacts });
        if (handed.Count > 0)
        {
            var control = new SendControl { Withdraw = [.. handed.Select(job => (JobId.Of(job.Id), job.Round))], Reason = reason };
            await work.RunAsync("INSERT INTO control_outbox (data) VALUES (@data)", new { data = Json.Write(control) });
        }
    }
}

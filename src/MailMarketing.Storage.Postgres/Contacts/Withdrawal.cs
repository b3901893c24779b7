namespace MailMarketing.Storage.Postgres;

/// <summary>Takes the waiting deliveries of a contact along when it stops being mailable.</summary>
internal static class Withdrawal
{
    public static async Task TakeAsync(Work work, long contactId, DeliveryState state, string reason)
    {
        // Marked ones are on the wire and end by their own outcome; an interrupted attempt before makes the truth unknown
        work.Moves.Add(await work.ListAsync<Moved>(
            Moving.Deliveries(
                "q.contact_id = @contactId AND q.state IN (0, 2) AND q.handed_over = 0",
                $"""
                state = CASE WHEN q.ambiguous THEN @unknown ELSE @state END, fence = 0, due_at = NULL, error = @reason,
                updated_at = {work.Now}
                """),
            new { contactId, state, unknown = DeliveryState.Unknown, reason }));

        var handed = await work.ListAsync<(long Id, int Round)>(
            "SELECT id, round FROM delivery WHERE contact_id = @contactId AND state <= 2 AND handed_over > 0 ORDER BY id",
            new { contactId });
        if (handed.Count > 0)
        {
            var control = new SendControl { Withdraw = [.. handed.Select(job => (JobId.Of(job.Id), job.Round))], Reason = reason };
            await work.RunAsync("INSERT INTO control_outbox (data) VALUES (@data)", new { data = Json.Write(control) });
        }
    }
}

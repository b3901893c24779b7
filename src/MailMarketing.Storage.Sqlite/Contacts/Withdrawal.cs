using Dapper;
using Microsoft.Data.Sqlite;

namespace MailMarketing.Storage.Sqlite;

/// <summary>Takes the waiting deliveries of a contact along when it stops being mailable.</summary>
internal static class Withdrawal
{
    public static void Take(SqliteConnection connection, long contactId, DeliveryState state, string reason, long now)
    {
        // Marked ones are on the wire and end by their own outcome; an interrupted attempt before makes the truth unknown
        var campaigns = connection.Query<long>(
            $"""
            UPDATE delivery SET state = CASE WHEN ambiguous THEN @unknown ELSE @state END, fence = 0, due_at = NULL, error = @reason, updated_at = @now
            WHERE contact_id = @contactId AND state IN ({DeliveryTransitions.Numbers(DeliveryCommand.Suppress)}) AND handed_over = 0
            RETURNING campaign_id
            """,
            new { contactId, state, unknown = DeliveryState.Unknown, reason, now }).ToList();
        Completion.Check(connection, campaigns, now);
        Tell(connection, contactId, reason);
    }

    /// <summary>Queues the withdrawal of what the sending side has of a contact.</summary>
    public static void Tell(SqliteConnection connection, long contactId, string reason)
    {
        var handed = connection.Query<(long Id, long Round)>(
            "SELECT id, round FROM delivery WHERE contact_id = @contactId AND state <= 2 AND handed_over > 0", new { contactId }).ToList();
        if (handed.Count > 0)
        {
            var control = new SendControl { Withdraw = [.. handed.Select(job => (JobId.Of(job.Id), (int)job.Round))], Reason = reason };
            connection.Execute("INSERT INTO control_outbox (data) VALUES (@data)", new { data = Json.Write(control) });
        }
    }
}

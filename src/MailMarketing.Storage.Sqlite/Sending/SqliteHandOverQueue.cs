using Dapper;
using Microsoft.Data.Sqlite;

namespace MailMarketing.Storage.Sqlite;

/// <summary>The marketing side's deliveries as a queue, to send from here or to hand over.</summary>
internal sealed partial class SqliteHandOverQueue(SqliteDatabase database, IEnumerable<Lane> lanes)
    : SqliteSendQueue(database, lanes), IHandOverQueue
{
    private const string OfLane = "(lane = @lane OR (lane IS NULL AND @isDefault))";

    protected override string Table => "delivery";

    protected override string Runs => "(SELECT state FROM campaign WHERE id = q.campaign_id) = 2";

    protected override string Here => "q.handed_over = 0";

    // The address as it was frozen counts as well as the contact's own
    protected override string Stopped => """
        SELECT CASE
            WHEN (SELECT state FROM campaign WHERE id = q.campaign_id) = 5 THEN 6
            WHEN NOT EXISTS (SELECT 1 FROM contact c WHERE c.id = q.contact_id) THEN 6
            WHEN EXISTS (SELECT 1 FROM contact c WHERE c.id = q.contact_id
                         AND (c.status <> 0 OR EXISTS (SELECT 1 FROM suppression s WHERE s.email_key IN (c.email_key, lower(q.email))))) THEN 5
        END
        """;

    public async Task<IReadOnlyList<string>> LanesAsync(CancellationToken cancellationToken) => await Database.ReadAsync(
        connection => connection.Query<string>(
            """
            SELECT DISTINCT coalesce(lane, '') FROM campaign
            WHERE state = 2 OR (state = 5 AND completed_at IS NULL AND started_at IS NOT NULL) ORDER BY 1
            """).ToList(),
        cancellationToken);

    public Task OfferAgainAsync(string lane, int most, CancellationToken cancellationToken) =>
        Database.WriteAsync(connection => OfferAgain(connection, lane, most, isLost: false), cancellationToken);

    public Task<string?> HeardAsync(string lane, CancellationToken cancellationToken) =>
        Database.ReadAsync(connection => Heard(connection, lane), cancellationToken);

    public Task<bool> HearAsync(string lane, string incarnation, CancellationToken cancellationToken) => Database.WriteAsync(
        connection =>
        {
            var known = Heard(connection, lane);
            if (known == incarnation)
            {
                return false;
            }

            connection.Execute(
                "INSERT OR REPLACE INTO sending_side (lane, incarnation) VALUES (@lane, @incarnation)", new { lane, incarnation });

            // The first one that is heard may not be the first one that got jobs, where an answer was lost
            if (known is null && !IsAnyOfferedAgain(connection, lane))
            {
                return false;
            }

            OfferAgain(connection, lane, int.MaxValue, isLost: true);
            StopAgain(connection, lane);
            return true;
        },
        cancellationToken);

    public Task<(long Sequence, SendControl Control)?> ReadControlAsync(CancellationToken cancellationToken) =>
        Database.ReadAsync<(long Sequence, SendControl Control)?>(
            connection => connection.Query<(long Sequence, string Data)>("SELECT sequence, data FROM control_outbox ORDER BY sequence LIMIT 1")
                .Select(row => ((long, SendControl)?)(row.Sequence, Json.Read<SendControl>(row.Data))).FirstOrDefault(),
            cancellationToken);

    public Task AcknowledgeControlAsync(long sequence, CancellationToken cancellationToken) => Database.WriteAsync(
        connection => connection.Execute("DELETE FROM control_outbox WHERE sequence = @sequence", new { sequence }), cancellationToken);

    protected override void Changed(SqliteConnection connection, IReadOnlyCollection<long> ids, long now)
    {
        if (ids.Count == 0)
        {
            return;
        }

        var campaigns = connection.Query<long>(
            """
            UPDATE delivery SET handed_over = 0 WHERE id IN (SELECT value FROM json_each(@ids)) AND state > 2 AND handed_over > 0;
            SELECT DISTINCT campaign_id FROM delivery WHERE id IN (SELECT value FROM json_each(@ids));
            """,
            new { ids = Json.Write(ids) });
        Completion.Check(connection, campaigns.ToList(), now);
    }

    private static string? Heard(SqliteConnection connection, string lane) =>
        connection.ExecuteScalar<string>("SELECT incarnation FROM sending_side WHERE lane = @lane", new { lane });

    private bool IsAnyOfferedAgain(SqliteConnection connection, string lane) => connection.ExecuteScalar<bool>(
        $"""
        SELECT EXISTS (SELECT 1 FROM delivery WHERE handed_over > 1 AND state <= 2 AND campaign_id IN (SELECT id FROM campaign WHERE {OfLane}))
        """,
        new { lane, isDefault = IsDefault(lane) });

    /// <summary>
    /// A queue that is lost may have sent any of them. Those that somebody stopped are not offered again; the sending side has its time to
    /// tell what became of them.
    /// </summary>
    private int OfferAgain(SqliteConnection connection, string lane, int most, bool isLost) => connection.Execute(
        $"""
        UPDATE delivery SET due_at = @now, fence = 0, ambiguous = ambiguous OR @isLost WHERE id IN (
            SELECT q.id FROM delivery q WHERE q.handed_over > 0 AND q.state <= 2 AND ({Stopped}) IS NULL
                AND q.campaign_id IN (SELECT id FROM campaign WHERE {OfLane})
            ORDER BY q.id LIMIT @most)
        """,
        new { lane, most, isDefault = IsDefault(lane), isLost, now = Database.Now });

    /// <summary>A new queue knows of nothing that people stopped, while a batch that was made before may still reach it.</summary>
    private void StopAgain(SqliteConnection connection, string lane)
    {
        var campaigns = connection.Query<(long Id, long Revision, long State)>(
            $"SELECT id, revision, state FROM campaign WHERE state IN (3, 5) AND {OfLane} ORDER BY id",
            new { lane, isDefault = IsDefault(lane) });
        foreach (var (id, revision, state) in campaigns.ToList())
        {
            SqliteCampaignStore.TellSendingSide(connection, id, revision, (CampaignState)state);
        }

        var people = connection.Query<long>(
            $"""
            SELECT DISTINCT q.contact_id FROM delivery q WHERE q.handed_over > 0 AND q.state <= 2 AND ({Stopped}) IS NOT NULL
                AND q.campaign_id IN (SELECT id FROM campaign WHERE state <> 5 AND {OfLane})
            """,
            new { lane, isDefault = IsDefault(lane) });
        foreach (var contact in people.ToList())
        {
            Withdrawal.Tell(connection, contact, AudienceRules.Unwanted);
        }
    }

    protected override void Released(SqliteConnection connection, IReadOnlyCollection<long> ids) => connection.Execute(
        "UPDATE delivery SET handed_over = handed_over - 1 WHERE handed_over > 0 AND id IN (SELECT value FROM json_each(@ids))",
        new { ids = Json.Write(ids) });
}

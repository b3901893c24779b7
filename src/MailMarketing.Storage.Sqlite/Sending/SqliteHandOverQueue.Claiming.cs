using Dapper;
using Microsoft.Data.Sqlite;

namespace MailMarketing.Storage.Sqlite;

/// <summary>Claiming, for sending from here and for handing over.</summary>
internal sealed partial class SqliteHandOverQueue
{
    // More campaigns than this take turns over several claims
    private const int Campaigns = 64;

    public override Task<SendBlock?> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        Database.WriteAsync(connection => Claim(connection, request, window: null), cancellationToken);

    public Task<SendBlock?> OfferAsync(ClaimRequest request, int window, CancellationToken cancellationToken) =>
        Database.WriteAsync(connection => Claim(connection, request, window), cancellationToken);

    private SendBlock? Claim(SqliteConnection connection, ClaimRequest request, int? window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Max, 1);
        var now = Database.Now;
        EndAbandoned(connection, now);

        var campaigns = connection.Query<ClaimableCampaign>(
            """
            SELECT id, secret, content, revision, json_extract(draft, '$.Policy') AS Policy FROM campaign
            WHERE state = 2 AND (lane = @Lane OR (lane IS NULL AND @isDefault))
              AND EXISTS (SELECT 1 FROM delivery d WHERE d.campaign_id = campaign.id AND d.due_at <= @now)
            ORDER BY served, id LIMIT @Campaigns
            """,
            new { request.Lane, isDefault = IsDefault(request.Lane), now, Campaigns }).ToDictionary(campaign => campaign.Id);
        var fresh = window is { } size ? size - HandedOver(connection, request.Lane) : long.MaxValue;
        var due = campaigns.Keys.Select(id => Due(connection, id, request.Max, fresh > 0, now)).ToList();

        var rows = new List<ClaimedRow>();
        foreach (var row in TakeTurns(due, request.Max))
        {
            // What is handed over already takes no further room in the window
            if (row.HandedOver > 0 || fresh-- > 0)
            {
                rows.Add(row);
            }
        }

        if (window is null)
        {
            rows = Suspects.Company(rows, row => (int)row.Crashes);
        }

        FrozenData.Read(connection, rows, campaigns);
        End(connection, [.. rows.Where(row => row.Fields is null).Select(row => row.Id)], now);
        rows.RemoveAll(row => row.Fields is null);
        if (rows.Count == 0)
        {
            return null;
        }

        var fence = connection.NextFence();
        Take(connection, rows, fence, request, window is not null, now);
        connection.Execute(
            "UPDATE campaign SET served = @fence WHERE id IN (SELECT value FROM json_each(@ids))",
            new { fence, ids = Json.Write(rows.Select(row => row.CampaignId).Distinct()) });
        return new SendBlock(fence, rows.ConvertAll(row => row.ToJob(campaigns[row.CampaignId])));
    }

    private List<ClaimedRow> Due(SqliteConnection connection, long campaignId, int max, bool fresh, long now)
    {
        var rows = connection.Query<ClaimedRow>(
            $"""
            SELECT id, campaign_id AS CampaignId, contact_id AS ContactId, round, state, attempts, spent, refusals, ambiguous,
                crashes + (fence <> 0 AND handed_over = 0) AS Crashes, handed_over AS HandedOver, first_attempt_at AS FirstAttemptAt,
                block_id AS BlockId, email, ({Stopped}) AS Stopped
            FROM delivery q
            WHERE campaign_id = @campaignId AND due_at <= @now AND (@fresh OR handed_over > 0)
            ORDER BY due_at, id LIMIT @max
            """,
            new { campaignId, now, fresh, max }).ToList();

        // Handed-over ones too: they are never offered again, since a sending side that began anew forgot that they are withdrawn
        End(connection, [.. rows.Where(row => row.Stopped is not null).Select(row => row.Id)], now);
        return [.. rows.Where(row => row.Stopped is null)];
    }

    private static void Take(SqliteConnection connection, List<ClaimedRow> rows, long fence, ClaimRequest request, bool handOver, long now)
    {
        using var take = connection.Prepared(
            $"""
            UPDATE delivery SET fence = @fence, due_at = @until, updated_at = @now, {MarkedIf}, ambiguous = @ambiguous, crashes = @crashes,
                block_id = @block, email = @email, handed_over = CASE WHEN @handOver THEN handed_over + 1 ELSE 0 END
            WHERE id = @id
            """,
            "@id", "@fence", "@until", "@now", "@mark", "@state", "@ambiguous", "@crashes", "@block", "@email", "@handOver");
        var until = now + (long)request.Lease.TotalMilliseconds;
        foreach (var row in rows)
        {
            // A mark that nobody completed, or a hand-over that is sent from here after all: it may have reached a gateway
            if (row.State == (long)DeliveryState.Sending || (row.HandedOver > 0 && !handOver))
            {
                (row.State, row.Ambiguous) = ((long)DeliveryState.Retry, true);
            }

            take.RunWith(row.Id, fence, until, now, request.Mark, row.State, row.Ambiguous, row.Crashes, row.BlockId, row.Email, handOver);
        }
    }

    /// <summary>Ends what cannot be sent: as it was stopped, or unknown where it may have been sent.</summary>
    private void End(SqliteConnection connection, List<long> ids, long now)
    {
        if (ids.Count == 0)
        {
            return;
        }

        connection.Execute(
            $"""
            UPDATE delivery AS q SET state = CASE WHEN ambiguous OR state = 1 OR handed_over > 0 THEN 7 ELSE coalesce(({Stopped}), 6) END, {Ends}
            WHERE id IN (SELECT value FROM json_each(@ids)) AND state <= 2
            """,
            new { ids = Json.Write(ids), now });
        Changed(connection, ids, now);
    }

    /// <summary>In cancelled campaigns nobody claims again: what was marked or handed over and never answered is unknown.</summary>
    private void EndAbandoned(SqliteConnection connection, long now) => End(
        connection,
        connection.Query<long>(
            """
            SELECT d.id FROM campaign c JOIN delivery d ON d.campaign_id = c.id AND d.due_at <= @now
            WHERE c.state = 5 AND c.completed_at IS NULL AND c.started_at IS NOT NULL LIMIT 1000
            """,
            new { now }).ToList(),
        now);

    private long HandedOver(SqliteConnection connection, string lane) => connection.ExecuteScalar<long>(
        """
        SELECT count(*) FROM delivery WHERE handed_over > 0
          AND campaign_id IN (SELECT id FROM campaign WHERE lane = @lane OR (lane IS NULL AND @isDefault))
        """,
        new { lane, isDefault = IsDefault(lane) });
}

using Dapper;
using Microsoft.Data.Sqlite;

namespace MailMarketing.Storage.Sqlite;

/// <summary>Campaigns on their way through their states.</summary>
internal sealed partial class SqliteCampaignStore
{
    public async Task<Result<Campaign>> StartAsync(
        long id, StartRequest request, IAsyncEnumerable<ContactData?>? people, CancellationToken cancellationToken)
    {
        using var stage = await ContactStage.FillAsync(database, people, cancellationToken);
        return await database.WriteAsync<Result<Campaign>>(
            stage.Connection,
            connection =>
            {
                if (CampaignRow.Get(connection, id) is not { } campaign)
                {
                    return Problem.NotFound("campaign", id);
                }

                if (CampaignTransitions.Refuse(id, campaign.State, CampaignCommand.Start) is { } refusal)
                {
                    return refusal;
                }

                if (campaign.Revision != request.Revision)
                {
                    return AudienceRules.Changed(id);
                }

                var now = database.Now;
                connection.Run("SAVEPOINT unplanned");
                var given = stage.Merge(now);
                var planned = Freeze(connection, campaign.Draft, id, now);
                if (AudienceRules.Judge(id, planned, request.Recipients) is { } unfit)
                {
                    // A refusal leaves the source's people alone too
                    connection.Run("ROLLBACK TO unplanned");
                    return unfit;
                }

                var (content, counts) = (Json.Write(request.Content), campaign.Draft.Source is null ? null : Json.Write(given));
                connection.Execute(
                    """
                    UPDATE campaign SET state = 2, revision = revision + 1, content = @content, source_counts = @counts, planned = @planned,
                        start_problem = NULL, started_at = @now
                    WHERE id = @id
                    """,
                    new { id, content, counts, planned, now });
                Completion.Check(connection, [id], now);
                return CampaignRow.Get(connection, id)!;
            },
            cancellationToken);
    }

    public Task<Result<Campaign>> MoveAsync(
        long id, IReadOnlyList<CampaignState> from, CampaignState to, CancellationToken cancellationToken) => database.WriteAsync<Result<Campaign>>(
        connection =>
        {
            if (CampaignRow.Get(connection, id) is not { } campaign)
            {
                return Problem.NotFound("campaign", id);
            }

            if (!from.Contains(campaign.State))
            {
                return Problem.Conflict(
                    $"The campaign is {CampaignTransitions.Name(campaign.State)}; this needs one that is "
                    + $"{string.Join(" or ", from.Select(CampaignTransitions.Name))}.");
            }

            var now = database.Now;
            connection.Execute("UPDATE campaign SET state = @to, revision = revision + 1 WHERE id = @id", new { id, to });
            if (to == CampaignState.Cancelled)
            {
                connection.Execute(
                    $"""
                    UPDATE delivery SET state = CASE WHEN ambiguous THEN 7 ELSE 6 END, fence = 0, due_at = NULL, updated_at = @now,
                        error = 'The campaign was cancelled.'
                    WHERE campaign_id = @id AND state IN ({DeliveryTransitions.Numbers(DeliveryCommand.Cancel)}) AND handed_over = 0;

                    -- The sending side has its time to tell what became of what it was given
                    UPDATE delivery SET due_at = max(due_at, @now + 600000) WHERE campaign_id = @id AND state <= 2 AND handed_over > 0;
                    """,
                    new { id, now });
            }

            TellSendingSide(connection, id, campaign.Revision + 1, to);
            Completion.Check(connection, [id], now);
            return CampaignRow.Get(connection, id)!;
        },
        cancellationToken);

    public Task<Result<Campaign>> RetryAsync(long id, IReadOnlyList<long>? deliveryIds, CancellationToken cancellationToken) =>
        database.WriteAsync<Result<Campaign>>(
            connection =>
            {
                if (CampaignRow.Get(connection, id) is not { } campaign)
                {
                    return Problem.NotFound("campaign", id);
                }

                if (CampaignTransitions.Refuse(id, campaign.State, CampaignCommand.Retry) is { } refusal)
                {
                    return refusal;
                }

                // People who stopped being mailable keep the outcome they have
                var (which, ids) = deliveryIds is null
                    ? (DeliveryTransitions.Numbers(DeliveryCommand.Retry), null)
                    : (DeliveryTransitions.Numbers(DeliveryCommand.Retry, DeliveryCommand.Resend), Json.Write(deliveryIds));
                var again = connection.Execute(
                    $"""
                    UPDATE delivery AS d SET round = round + 1, state = 0, attempts = 0, spent = 0, refusals = 0, ambiguous = 0, crashes = 0,
                        fence = 0, due_at = @now, first_attempt_at = NULL, message_id = NULL, error = NULL, by_person = 0, updated_at = @now
                    WHERE campaign_id = @id AND state IN ({which}) AND (@ids IS NULL OR id IN (SELECT value FROM json_each(@ids)))
                      AND EXISTS (SELECT 1 FROM contact c WHERE c.id = d.contact_id AND c.status = 0
                                  AND c.email_key NOT IN (SELECT email_key FROM suppression))
                    """,
                    new { id, ids, now = database.Now });
                if (again == 0)
                {
                    return Problem.Conflict(
                        "No delivery of the campaign failed and can be tried again; people who opted out meanwhile are left out.");
                }

                if (campaign.State == CampaignState.Completed)
                {
                    connection.Execute("UPDATE campaign SET state = 2, revision = revision + 1, completed_at = NULL WHERE id = @id", new { id });
                }

                return CampaignRow.Get(connection, id)!;
            },
            cancellationToken);

    /// <summary>Plans one delivery for each person of the audience; gives how many.</summary>
    private static int Freeze(SqliteConnection connection, CampaignDraft draft, long id, long now)
    {
        var parameters = AudienceOf(draft);
        parameters.AddDynamicParams(new { id, now });
        return connection.Execute(
            $"""
            INSERT INTO delivery (campaign_id, contact_id, state, due_at, error, updated_at)
            SELECT @id, c.id,
                CASE WHEN c.status <> 0 OR s.email_key IS NOT NULL THEN 5 ELSE 0 END,
                CASE WHEN c.status <> 0 OR s.email_key IS NOT NULL THEN NULL ELSE @now END,
                CASE WHEN s.email_key IS NOT NULL THEN '{AudienceRules.Suppressed}'
                     WHEN c.status <> 0 THEN '{AudienceRules.Unwanted}' END,
                @now
            FROM contact c LEFT JOIN suppression s ON s.email_key = c.email_key
            WHERE {Audience} ORDER BY c.id
            """,
            parameters);
    }

    /// <summary>Queues a change for the sending side where it has something of the campaign.</summary>
    internal static void TellSendingSide(SqliteConnection connection, long id, long revision, CampaignState state)
    {
        if (connection.ExecuteScalar<long>("SELECT EXISTS (SELECT 1 FROM delivery WHERE campaign_id = @id AND handed_over > 0)", new { id }) == 1)
        {
            var control = new SendControl { CampaignId = JobId.Of(id).Text, Revision = revision, State = state };
            connection.Execute("INSERT INTO control_outbox (data) VALUES (@data)", new { data = Json.Write(control) });
        }
    }
}

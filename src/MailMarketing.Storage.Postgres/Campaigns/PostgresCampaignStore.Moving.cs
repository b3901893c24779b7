using Npgsql;

namespace MailMarketing.Storage.Postgres;

/// <summary>Campaigns on their way through their states.</summary>
internal sealed partial class PostgresCampaignStore
{
    public async Task<Result<Campaign>> StartAsync(
        long id, StartRequest request, IAsyncEnumerable<ContactData?>? people, CancellationToken cancellationToken)
    {
        await using var stage = await ContactStage.FillAsync(database, people, cancellationToken);
        return await MoveAsync(
            id,
            async (work, campaign) =>
            {
                if (CampaignTransitions.Refuse(id, campaign.State, CampaignCommand.Start) is { } refusal)
                {
                    return refusal;
                }

                if (campaign.Revision != request.Revision)
                {
                    return AudienceRules.Changed(id);
                }

                await work.RunAsync("SAVEPOINT unplanned");
                var given = await stage.MergeAsync(work);
                var planned = await FreezeAsync(work, campaign, people is not null);
                var recipients = planned.Sum(count => count.N);
                if (AudienceRules.Judge(id, recipients, request.Recipients) is { } unfit)
                {
                    // A refusal leaves the source's people alone too
                    await work.RunAsync("ROLLBACK TO SAVEPOINT unplanned");
                    work.Moves.Forget();
                    return unfit;
                }

                foreach (var (state, n) in planned)
                {
                    work.Moves.Add(id, null, state, n);
                }

                var (content, counts) = (Json.Write(request.Content), campaign.Draft.Source is null ? null : Json.Write(given));
                await work.RunAsync(
                    $"""
                    UPDATE campaign SET state = 2, revision = revision + 1, content = @content, source_counts = @counts,
                        planned = @recipients, start_problem = NULL, started_at = {work.Now}
                    WHERE id = @id
                    """,
                    new { id, content, counts, recipients });
                return null;
            },
            cancellationToken,
            stage.Connection);
    }

    public Task<Result<Campaign>> MoveAsync(
        long id, IReadOnlyList<CampaignState> from, CampaignState to, CancellationToken cancellationToken) => MoveAsync(
        id,
        async (work, campaign) =>
        {
            if (!from.Contains(campaign.State))
            {
                return Problem.Conflict(
                    $"The campaign is {CampaignTransitions.Name(campaign.State)}; this needs one that is "
                    + $"{string.Join(" or ", from.Select(CampaignTransitions.Name))}.");
            }

            await work.RunAsync("UPDATE campaign SET state = @to, revision = revision + 1 WHERE id = @id", new { id, to });
            if (to == CampaignState.Cancelled)
            {
                work.Moves.Add(await work.ListLongAsync<Moved>(
                    Moving.Deliveries(
                        $"""
                        q.campaign_id = @id AND q.state IN ({DeliveryTransitions.Numbers(DeliveryCommand.Cancel)}) AND q.handed_over = 0
                        """,
                        $"""
                        state = CASE WHEN q.ambiguous THEN 7 ELSE 6 END, fence = 0, due_at = NULL, again_at = NULL,
                        updated_at = {work.Now}, error = 'The campaign was cancelled.'
                        """),
                    new { id }));

                // The sending side has its time to tell what became of what it was given
                await work.RunAsync(
                    $"""
                    WITH picked AS (
                        SELECT q.id FROM delivery q WHERE q.campaign_id = @id AND q.state <= 2 AND q.handed_over > 0 ORDER BY q.id FOR UPDATE)
                    UPDATE delivery q SET due_at = greatest(q.due_at, {work.Now} + interval '10 minutes'),
                        again_at = greatest(q.due_at, {work.Now} + interval '10 minutes')
                    FROM picked p WHERE q.id = p.id
                    """,
                    new { id });
            }

            await TellSendingSideAsync(work, id, campaign.Revision + 1, to);
            work.Moves.Touch(id);
            return null;
        },
        cancellationToken);

    public Task<Result<Campaign>> RetryAsync(long id, IReadOnlyList<long>? deliveryIds, CancellationToken cancellationToken) => MoveAsync(
        id,
        async (work, campaign) =>
        {
            if (CampaignTransitions.Refuse(id, campaign.State, CampaignCommand.Retry) is { } refusal)
            {
                return refusal;
            }

            // People who stopped being mailable keep the outcome they have
            var which = deliveryIds is null
                ? $"q.state IN ({DeliveryTransitions.Numbers(DeliveryCommand.Retry)})"
                : $"q.state IN ({DeliveryTransitions.Numbers(DeliveryCommand.Retry, DeliveryCommand.Resend)}) AND q.id = ANY(@ids)";
            var again = await work.ListLongAsync<Moved>(
                Moving.Deliveries(
                    $"""
                    q.campaign_id = @id AND {which}
                    AND EXISTS (SELECT 1 FROM contact c WHERE c.id = q.contact_id AND c.status = 0
                                AND NOT EXISTS (SELECT 1 FROM suppression s WHERE s.email_key = c.email_key))
                    """,
                    $"""
                    round = q.round + 1, state = 0, attempts = 0, spent = 0, refusals = 0, ambiguous = false, crashes = 0, fence = 0,
                    due_at = {work.Now}, again_at = {work.Now}, first_attempt_at = NULL, message_id = NULL, error = NULL, by_person = false,
                    updated_at = {work.Now}
                    """),
                new { id, ids = deliveryIds?.ToArray() ?? [] });
            if (again.Count == 0)
            {
                return Problem.Conflict(
                    "No delivery of the campaign failed and can be tried again; people who opted out meanwhile are left out.");
            }

            work.Moves.Add(again);
            if (campaign.State == CampaignState.Completed)
            {
                await work.RunAsync(
                    "UPDATE campaign SET state = 2, revision = revision + 1, completed_at = NULL WHERE id = @id", new { id });
            }

            return null;
        },
        cancellationToken);

    /// <summary>Moves a campaign that nobody else moves meanwhile; gives it as it is once that is committed, or completed by it.</summary>
    private async Task<Result<Campaign>> MoveAsync(
        long id, Func<Work, Campaign, Task<Problem?>> move, CancellationToken cancellationToken, NpgsqlConnection? connection = null)
    {
        var problem = await database.WriteAsync(
            connection,
            async work => await CampaignRow.HoldAsync(work, id) is { } campaign
                ? await move(work, campaign)
                : Problem.NotFound("campaign", id),
            cancellationToken);
        return problem is not null ? problem : (await GetAsync(id, cancellationToken))!;
    }

    /// <summary>Plans one delivery for each person of the audience; gives how many are in each state.</summary>
    private static Task<List<(DeliveryState State, long N)>> FreezeAsync(Work work, Campaign campaign, bool hasSource) =>
        work.ListLongAsync<(DeliveryState State, long N)>(
            $"""
            WITH planned AS (
                INSERT INTO delivery (campaign_id, contact_id, state, due_at, error, updated_at)
                SELECT @Id, c.id,
                    CASE WHEN c.status <> 0 OR s.email_key IS NOT NULL THEN 5 ELSE 0 END,
                    CASE WHEN c.status <> 0 OR s.email_key IS NOT NULL THEN NULL ELSE {work.Now} END,
                    CASE WHEN s.email_key IS NOT NULL THEN '{AudienceRules.Suppressed}'
                         WHEN c.status <> 0 THEN '{AudienceRules.Unwanted}' END,
                    {work.Now}
                FROM contact c LEFT JOIN suppression s ON s.email_key = c.email_key
                WHERE {Audience(campaign.Draft, hasSource)} ORDER BY c.id
                RETURNING state)
            SELECT state, count(*) FROM planned GROUP BY state
            """,
            new { campaign.Id, segments = campaign.Draft.SegmentIds.ToArray(), excluded = campaign.Draft.ExcludeSegmentIds.ToArray() });

    /// <summary>Queues a change for the sending side where it has something of the campaign.</summary>
    internal static async Task TellSendingSideAsync(Work work, long id, long revision, CampaignState state)
    {
        if (await work.FirstAsync<bool>("SELECT EXISTS (SELECT 1 FROM delivery WHERE campaign_id = @id AND handed_over > 0)", new { id }))
        {
            var control = new SendControl { CampaignId = JobId.Of(id).Text, Revision = revision, State = state };
            await work.RunAsync("INSERT INTO control_outbox (data) VALUES (@data)", new { data = Json.Write(control) });
        }
    }
}

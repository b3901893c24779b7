namespace MailMarketing.Storage.Postgres;

/// <summary>Campaigns that start by themselves.</summary>
internal sealed partial class PostgresCampaignStore
{
    public Task<Result<Campaign>> ScheduleAsync(long id, DateTimeOffset at, CancellationToken cancellationToken) => ChangeAsync(
        id,
        CampaignCommand.Schedule,
        "scheduled_at = @at, start_claimed_until = NULL, start_problem = NULL",
        new { id, state = CampaignState.Scheduled, at = at.UtcDateTime },
        cancellationToken);

    public Task<Result<Campaign>> UnscheduleAsync(long id, CancellationToken cancellationToken) => ChangeAsync(
        id, CampaignCommand.Unschedule, "start_problem = NULL", new { id, state = CampaignState.Draft }, cancellationToken);

    public Task<Campaign?> ClaimDueAsync(TimeSpan lease, CancellationToken cancellationToken) => database.WriteAsync(
        async work =>
        {
            // Who starts one holds its row; the others pass it by
            var id = await work.FirstAsync<long?>(
                $"""
                UPDATE campaign SET start_claimed_until = {work.Now} + @lease
                WHERE id = (SELECT id FROM campaign
                            WHERE state = 1 AND scheduled_at <= {work.Now}
                              AND (start_claimed_until IS NULL OR start_claimed_until <= {work.Now})
                            ORDER BY scheduled_at, id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED)
                RETURNING id
                """,
                new { lease });
            return id is { } due ? await CampaignRow.GetAsync(work, due) : null;
        },
        cancellationToken);

    public Task HoldAsync(
        long id, long revision, TimeSpan wait, string? problem, CancellationToken cancellationToken) => database.WriteAsync(
        work => work.RunAsync(
            $"""
            UPDATE campaign SET start_problem = coalesce(@problem, start_problem), start_claimed_until = {work.Now} + @wait
            WHERE id = @id AND revision = @revision AND state = 1
            """,
            new { id, revision, problem = Stored.Text(problem), wait }),
        cancellationToken);

    public Task<bool> GiveUpAsync(long id, long revision, string problem, CancellationToken cancellationToken) => database.WriteAsync(
        async work => await work.RunAsync(
            """
            UPDATE campaign SET state = 0, revision = revision + 1, start_problem = @problem
            WHERE id = @id AND revision = @revision AND state = 1
            """,
            new { id, revision, problem = Stored.Text(problem) }) > 0,
        cancellationToken);

    private Task<Result<Campaign>> ChangeAsync(
        long id, CampaignCommand command, string change, object parameters, CancellationToken cancellationToken) => MoveAsync(
        id,
        async (work, campaign) =>
        {
            if (CampaignTransitions.Refuse(id, campaign.State, command) is { } refusal)
            {
                return refusal;
            }

            await work.RunAsync($"UPDATE campaign SET state = @state, revision = revision + 1, {change} WHERE id = @id", parameters);
            return null;
        },
        cancellationToken);
}

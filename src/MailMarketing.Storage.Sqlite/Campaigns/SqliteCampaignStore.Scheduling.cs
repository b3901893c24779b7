using Dapper;
using Microsoft.Data.Sqlite;

namespace MailMarketing.Storage.Sqlite;

/// <summary>Campaigns that start by themselves.</summary>
internal sealed partial class SqliteCampaignStore
{
    public Task<Result<Campaign>> ScheduleAsync(long id, DateTimeOffset at, CancellationToken cancellationToken) => ChangeAsync(
        id,
        CampaignCommand.Schedule,
        "scheduled_at = @at, start_claimed_until = NULL, start_problem = NULL",
        new { id, state = CampaignState.Scheduled, at = at.ToUnixTimeMilliseconds() },
        cancellationToken);

    public Task<Result<Campaign>> UnscheduleAsync(long id, CancellationToken cancellationToken) => ChangeAsync(
        id, CampaignCommand.Unschedule, "start_problem = NULL", new { id, state = CampaignState.Draft }, cancellationToken);

    public Task<Campaign?> ClaimDueAsync(TimeSpan lease, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            var now = database.Now;
            var id = connection.ExecuteScalar<long?>(
                """
                UPDATE campaign SET start_claimed_until = @until
                WHERE id = (SELECT id FROM campaign
                            WHERE state = 1 AND scheduled_at <= @now AND coalesce(start_claimed_until, 0) <= @now
                            ORDER BY scheduled_at, id LIMIT 1)
                RETURNING id
                """,
                new { now, until = now + (long)lease.TotalMilliseconds });
            return id is { } due ? CampaignRow.Get(connection, due) : null;
        },
        cancellationToken);

    public Task HoldAsync(
        long id, long revision, TimeSpan wait, string? problem, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.Execute(
            """
            UPDATE campaign SET start_problem = coalesce(@problem, start_problem), start_claimed_until = @until
            WHERE id = @id AND revision = @revision AND state = 1
            """,
            new { id, revision, problem, until = database.Now + (long)wait.TotalMilliseconds }),
        cancellationToken);

    public Task<bool> GiveUpAsync(long id, long revision, string problem, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.Execute(
            """
            UPDATE campaign SET state = 0, revision = revision + 1, start_problem = @problem
            WHERE id = @id AND revision = @revision AND state = 1
            """,
            new { id, revision, problem }) > 0,
        cancellationToken);

    private Task<Result<Campaign>> ChangeAsync(
        long id, CampaignCommand command, string change, object parameters, CancellationToken cancellationToken) =>
        database.WriteAsync<Result<Campaign>>(
            connection =>
            {
                if (CampaignRow.Get(connection, id) is not { } campaign)
                {
                    return Problem.NotFound("campaign", id);
                }

                if (CampaignTransitions.Refuse(id, campaign.State, command) is { } refusal)
                {
                    return refusal;
                }

                connection.Execute($"UPDATE campaign SET state = @state, revision = revision + 1, {change} WHERE id = @id", parameters);
                return CampaignRow.Get(connection, id)!;
            },
            cancellationToken);
}

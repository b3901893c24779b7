using System.Security.Cryptography;
using Dapper;
using Microsoft.Data.Sqlite;

namespace MailMarketing.Storage.Sqlite;

/// <summary>Campaigns before they start, and in pages.</summary>
internal sealed partial class SqliteCampaignStore(SqliteDatabase database) : ICampaignStore, ICampaignSchedule
{
    private const char List = 'm';

    // Everyone in a segment of the draft or given by its source, minus everyone in an excluded segment
    private const string Audience = """
        (c.id IN (SELECT contact_id FROM segment_member WHERE segment_id IN (SELECT value FROM json_each(@segments)))
            OR c.email_key IN (SELECT email_key FROM staged))
        AND c.id NOT IN (SELECT contact_id FROM segment_member WHERE segment_id IN (SELECT value FROM json_each(@excluded)))
        """;

    public Task<Result<Campaign>> AddAsync(CampaignDraft draft, CancellationToken cancellationToken) => database.WriteAsync<Result<Campaign>>(
        connection =>
        {
            if (Judge(connection, draft) is { } problem)
            {
                return problem;
            }

            var id = connection.ExecuteScalar<long>(
                """
                INSERT INTO campaign (name_key, draft, lane, state, revision, secret, created_at)
                VALUES (@key, @data, @Lane, 0, 1, @secret, @now) RETURNING id
                """,
                new { key = Paging.Fold(draft.Name), data = Json.Write(draft), draft.Lane, secret = RandomNumberGenerator.GetBytes(32), now = database.Now });
            foreach (var state in Enum.GetValues<DeliveryState>())
            {
                connection.Execute("INSERT INTO campaign_count (campaign_id, state) VALUES (@id, @state)", new { id, state });
            }

            return CampaignRow.Get(connection, id)!;
        },
        cancellationToken);

    public Task<Campaign?> GetAsync(long id, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => CampaignRow.Get(connection, id), cancellationToken);

    public Task<Result<Campaign>> UpdateAsync(long id, CampaignDraft draft, CancellationToken cancellationToken) =>
        database.WriteAsync<Result<Campaign>>(
            connection =>
            {
                if (CampaignRow.Get(connection, id) is not { } campaign)
                {
                    return Problem.NotFound("campaign", id);
                }

                if (campaign.State != CampaignState.Draft)
                {
                    return Problem.Conflict($"The campaign is {CampaignTransitions.Name(campaign.State)}; only a draft can be changed.");
                }

                if (Judge(connection, draft) is { } problem)
                {
                    return problem;
                }

                connection.Execute(
                    "UPDATE campaign SET revision = revision + 1, name_key = @key, draft = @data, lane = @Lane WHERE id = @id",
                    new { id, key = Paging.Fold(draft.Name), data = Json.Write(draft), draft.Lane });
                return CampaignRow.Get(connection, id)!;
            },
            cancellationToken);

    public Task<Result<Campaign>> DeleteAsync(long id, CancellationToken cancellationToken) => database.WriteAsync<Result<Campaign>>(
        connection =>
        {
            if (CampaignRow.Get(connection, id) is not { } campaign)
            {
                return Problem.NotFound("campaign", id);
            }

            if (campaign.StartedAt is not null)
            {
                return Problem.Conflict(
                    $"The campaign is {CampaignTransitions.Name(campaign.State)}; one that was started is kept, since its deliveries are.");
            }

            connection.Execute("DELETE FROM campaign WHERE id = @id", new { id });
            return campaign;
        },
        cancellationToken);

    public Task<Page<Campaign>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        var parameters = new { after = page.After(List), pattern = page.Pattern(), limit = page.Limit + 1 };
        return database.ReadAsync(
            connection => connection.Query<CampaignRow>(
                    $"""
                    SELECT {CampaignRow.Columns} FROM campaign
                    WHERE {page.Following("id")} AND (@pattern IS NULL OR name_key LIKE @pattern ESCAPE '\') {page.Order("id")} LIMIT @limit
                    """,
                    parameters)
                .Select(row => row.ToCampaign(connection)).ToList().ToPage(page, List, campaign => campaign.Id),
            cancellationToken);
    }

    public Task<long> CountAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM campaign"), cancellationToken);

    public async Task<long> CountAudienceAsync(
        CampaignDraft draft, IAsyncEnumerable<ContactData?>? people, CancellationToken cancellationToken)
    {
        using var stage = await ContactStage.FillAsync(database, people, cancellationToken);
        return database.Guard(() => CountAudience(stage.Connection, draft));
    }

    // People who are no contacts yet are in no excluded segment either
    private static long CountAudience(SqliteConnection connection, CampaignDraft draft) => connection.ExecuteScalar<long>(
        $"""
        SELECT (SELECT count(*) FROM contact c WHERE {Audience})
            + (SELECT count(*) FROM staged s WHERE NOT EXISTS (SELECT 1 FROM contact c WHERE c.email_key = s.email_key))
        """,
        AudienceOf(draft));

    private static Problem? Judge(SqliteConnection connection, CampaignDraft draft)
    {
        var errors = new Dictionary<string, string[]>();
        if (draft.TemplateId is { } template
            && connection.ExecuteScalar<long>("SELECT count(*) FROM template WHERE id = @template", new { template }) == 0)
        {
            errors["templateId"] = [$"There is no template {template}."];
        }

        JudgeSegments(connection, "segmentIds", draft.SegmentIds, errors);
        JudgeSegments(connection, "excludeSegmentIds", draft.ExcludeSegmentIds, errors);
        return errors.Count > 0 ? Problem.Invalid(errors) : null;
    }

    private static void JudgeSegments(SqliteConnection connection, string field, IReadOnlyList<long> ids, Dictionary<string, string[]> errors)
    {
        var unknown = connection.Query<long>(
            "SELECT DISTINCT value FROM json_each(@ids) WHERE value NOT IN (SELECT id FROM segment) ORDER BY value", new { ids = Json.Write(ids) });
        var messages = unknown.Select(id => $"There is no segment {id}.").ToArray();
        if (messages.Length > 0)
        {
            errors[field] = messages;
        }
    }

    private static DynamicParameters AudienceOf(CampaignDraft draft)
    {
        var parameters = new DynamicParameters();
        parameters.Add("segments", Json.Write(draft.SegmentIds));
        parameters.Add("excluded", Json.Write(draft.ExcludeSegmentIds));
        return parameters;
    }
}

using System.Security.Cryptography;

namespace MailMarketing.Storage.Postgres;

/// <summary>Campaigns before they start, and in pages.</summary>
internal sealed partial class PostgresCampaignStore(PostgresDatabase database) : ICampaignStore, ICampaignSchedule
{
    private const char List = 'm';

    /// <summary>
    /// A condition on a contact <c>c</c>: it is in a segment of the draft or given by its source, and in no excluded segment. What a draft
    /// does not use is left out of it: of one segment alone the planner knows that nobody is in it twice, and reads it in order.
    /// </summary>
    private static string Audience(CampaignDraft draft, bool hasSource)
    {
        // One list of ids, since two lists with OR between them are looked through again for each contact once they are long
        var chosen = (hasSource, draft.SegmentIds.Count) switch
        {
            (false, 1) => "SELECT m.contact_id FROM segment_member m WHERE m.segment_id = (@segments)[1]",
            (false, _) => "SELECT m.contact_id FROM segment_member m WHERE m.segment_id = ANY(@segments)",
            _ => """
                SELECT m.contact_id FROM segment_member m WHERE m.segment_id = ANY(@segments)
                UNION SELECT k.id FROM staged s JOIN contact k ON k.email_key = s.email_key
                """,
        };
        const string excluded =
            "AND NOT EXISTS (SELECT 1 FROM segment_member m WHERE m.segment_id = ANY(@excluded) AND m.contact_id = c.id)";
        return $"c.id IN ({chosen}) {(draft.ExcludeSegmentIds.Count == 0 ? "" : excluded)}";
    }

    public Task<Result<Campaign>> AddAsync(
        CampaignDraft draft, CancellationToken cancellationToken) => database.WriteAsync<Result<Campaign>>(
        async work =>
        {
            if (await JudgeAsync(work, draft) is { } problem)
            {
                return problem;
            }

            var id = await work.FirstAsync<long>(
                $"""
                INSERT INTO campaign (name_key, draft, lane, policy, state, revision, secret, created_at)
                VALUES (@key, @data, @Lane, @Policy, 0, 1, @secret, {work.Now}) RETURNING id
                """,
                new
                {
                    key = Paging.Fold(draft.Name),
                    data = Json.Write(draft),
                    draft.Lane,
                    draft.Policy,
                    secret = RandomNumberGenerator.GetBytes(32),
                });
            return (await CampaignRow.GetAsync(work, id))!;
        },
        cancellationToken);

    public Task<Campaign?> GetAsync(long id, CancellationToken cancellationToken) =>
        database.ReadAsync(work => CampaignRow.GetAsync(work, id), cancellationToken);

    public Task<Result<Campaign>> UpdateAsync(long id, CampaignDraft draft, CancellationToken cancellationToken) =>
        database.WriteAsync<Result<Campaign>>(
            async work =>
            {
                if (await CampaignRow.HoldAsync(work, id) is not { } campaign)
                {
                    return Problem.NotFound("campaign", id);
                }

                if (campaign.State != CampaignState.Draft)
                {
                    return Problem.Conflict($"The campaign is {CampaignTransitions.Name(campaign.State)}; only a draft can be changed.");
                }

                if (await JudgeAsync(work, draft) is { } problem)
                {
                    return problem;
                }

                await work.RunAsync(
                    """
                    UPDATE campaign SET revision = revision + 1, name_key = @key, draft = @data, lane = @Lane, policy = @Policy
                    WHERE id = @id
                    """,
                    new { id, key = Paging.Fold(draft.Name), data = Json.Write(draft), draft.Lane, draft.Policy });
                return (await CampaignRow.GetAsync(work, id))!;
            },
            cancellationToken);

    public Task<Result<Campaign>> DeleteAsync(long id, CancellationToken cancellationToken) => database.WriteAsync<Result<Campaign>>(
        async work =>
        {
            if (await CampaignRow.HoldAsync(work, id) is not { } campaign)
            {
                return Problem.NotFound("campaign", id);
            }

            if (campaign.StartedAt is not null)
            {
                return Problem.Conflict(
                    $"The campaign is {CampaignTransitions.Name(campaign.State)}; one that was started is kept, since its deliveries are.");
            }

            await work.RunAsync("DELETE FROM campaign WHERE id = @id", new { id });
            return campaign;
        },
        cancellationToken);

    public Task<Page<Campaign>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        var parameters = new { after = page.After(List), pattern = page.Pattern(), limit = page.Limit + 1 };
        return database.ReadAsync(
            async work => (await work.ListAsync<CampaignRow>(
                    $"""
                    {CampaignRow.Select}
                    WHERE {page.Following("c.id")} AND (@pattern IS NULL OR c.name_key LIKE @pattern) {page.Order("c.id")} LIMIT @limit
                    """,
                    parameters))
                .ConvertAll(row => row.ToCampaign()).ToPage(page, List, campaign => campaign.Id),
            cancellationToken);
    }

    public Task<long> CountAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(work => work.FirstAsync<long>("SELECT count(*) FROM campaign"), cancellationToken);

    public async Task<long> CountAudienceAsync(
        CampaignDraft draft, IAsyncEnumerable<ContactData?>? people, CancellationToken cancellationToken)
    {
        // The members of one segment are counted already
        if (people is null && draft is { SegmentIds: [var only], ExcludeSegmentIds: [] })
        {
            return await database.ReadAsync(
                work => work.FirstAsync<long>("SELECT coalesce(sum(n), 0)::bigint FROM segment_count WHERE segment_id = @only", new { only }),
                cancellationToken);
        }

        await using var stage = await ContactStage.FillAsync(database, people, cancellationToken);

        // People who are no contacts yet are in no excluded segment either
        return await database.ReadAsync(
            stage.Connection,
            async work => (await work.ListLongAsync<long>(
                $"""
                SELECT (SELECT count(*) FROM contact c WHERE {Audience(draft, people is not null)})
                    + (SELECT count(*) FROM staged s WHERE NOT EXISTS (SELECT 1 FROM contact c WHERE c.email_key = s.email_key))
                """,
                new { segments = draft.SegmentIds.ToArray(), excluded = draft.ExcludeSegmentIds.ToArray() }))[0],
            cancellationToken);
    }

    private static async Task<Problem?> JudgeAsync(Work work, CampaignDraft draft)
    {
        var errors = new Dictionary<string, string[]>();
        if (draft.TemplateId is { } template
            && !await work.FirstAsync<bool>("SELECT EXISTS (SELECT 1 FROM template WHERE id = @template)", new { template }))
        {
            errors["templateId"] = [$"There is no template {template}."];
        }

        await JudgeSegmentsAsync(work, "segmentIds", draft.SegmentIds, errors);
        await JudgeSegmentsAsync(work, "excludeSegmentIds", draft.ExcludeSegmentIds, errors);
        return errors.Count > 0 ? Problem.Invalid(errors) : null;
    }

    private static async Task JudgeSegmentsAsync(Work work, string field, IReadOnlyList<long> ids, Dictionary<string, string[]> errors)
    {
        var unknown = await work.ListAsync<long>(
            "SELECT DISTINCT id FROM unnest(@ids) AS s (id) WHERE id NOT IN (SELECT id FROM segment) ORDER BY id",
            new { ids = ids.ToArray() });
        if (unknown.Count > 0)
        {
            errors[field] = [.. unknown.Select(id => $"There is no segment {id}.")];
        }
    }
}

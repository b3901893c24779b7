namespace MailMarketing.Storage.Postgres;

/// <summary>A row of the table campaign.</summary>
internal class CampaignRow
{
    protected const string Columns = """
        c.id, c.draft, c.state, c.revision, c.source_counts AS SourceCounts, c.scheduled_at AS ScheduledAt,
        c.start_problem AS StartProblem, c.dry_run AS DryRun, c.reconciliation, c.planned,
        c.created_at AS CreatedAt, c.started_at AS StartedAt, c.completed_at AS CompletedAt,
        c.dropped_at AS DroppedAt,
        ARRAY(SELECT coalesce(sum(n.n), 0)::bigint FROM generate_series(0, 8) AS s (state)
              LEFT JOIN campaign_count n ON n.campaign_id = c.id AND n.state = s.state
              GROUP BY s.state ORDER BY s.state) AS Counts
        """;

    /// <summary>Reads campaigns <c>c</c>; one statement, so that the counts add up.</summary>
    public const string Select = $"SELECT {Columns} FROM campaign c";

    public long Id { get; init; }

    public string Draft { get; init; } = "";

    public CampaignState State { get; init; }

    public long Revision { get; init; }

    public string? SourceCounts { get; init; }

    /// <summary>By the number of the state.</summary>
    public long[] Counts { get; init; } = [];

    public DateTime? ScheduledAt { get; init; }

    public string? StartProblem { get; init; }

    public string? DryRun { get; init; }

    public string? Reconciliation { get; init; }

    /// <summary>How many deliveries its start made.</summary>
    public long? Planned { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime? StartedAt { get; init; }

    public DateTime? CompletedAt { get; init; }

    public DateTime? DroppedAt { get; init; }

    public static async Task<Campaign?> GetAsync(Work work, long id) =>
        (await work.FirstAsync<CampaignRow>($"{Select} WHERE c.id = @id", new { id }))?.ToCampaign();

    /// <summary>The campaign, held until the transaction ends: nobody moves it meanwhile.</summary>
    public static async Task<Campaign?> HoldAsync(Work work, long id)
    {
        await work.RunAsync("SELECT 1 FROM campaign WHERE id = @id FOR NO KEY UPDATE", new { id });
        return await GetAsync(work, id);
    }

    public Campaign ToCampaign() => new()
    {
        Id = Id,
        Draft = Json.Read<CampaignDraft>(Draft),
        State = State,
        Revision = Revision,
        Counts = DeliveryCounts.Of(state => Counts[(int)state]),
        SourceCounts = SourceCounts is null ? null : Json.Read<SourceCounts>(SourceCounts),
        ScheduledAt = ScheduledAt,
        StartProblem = StartProblem,
        DryRun = DryRun is null ? null : Json.Read<DryRun>(DryRun),
        Reconciliation = Reconciliation is null ? null : Json.Read<Reconciliation>(Reconciliation),
        CreatedAt = CreatedAt,
        StartedAt = StartedAt,
        CompletedAt = CompletedAt,
        DeliveriesDroppedAt = DroppedAt,
    };
}

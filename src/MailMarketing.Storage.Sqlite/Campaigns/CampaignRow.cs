using Dapper;
using Microsoft.Data.Sqlite;

namespace MailMarketing.Storage.Sqlite;

/// <summary>A row of the table campaign.</summary>
internal sealed class CampaignRow
{
    public const string Columns = """
        id, draft, state, revision, source_counts AS SourceCounts, scheduled_at AS ScheduledAt, start_problem AS StartProblem,
        dry_run AS DryRun, reconciliation, planned, created_at AS CreatedAt, started_at AS StartedAt, completed_at AS CompletedAt,
        dropped_at AS DroppedAt
        """;

    public long Id { get; init; }

    public string Draft { get; init; } = "";

    public long State { get; init; }

    public long Revision { get; init; }

    public string? SourceCounts { get; init; }

    public long? ScheduledAt { get; init; }

    public string? StartProblem { get; init; }

    public string? DryRun { get; init; }

    public string? Reconciliation { get; init; }

    /// <summary>How many deliveries its start made.</summary>
    public long? Planned { get; init; }

    public long CreatedAt { get; init; }

    public long? StartedAt { get; init; }

    public long? CompletedAt { get; init; }

    public long? DroppedAt { get; init; }

    public static Campaign? Get(SqliteConnection connection, long id) => Find(connection, id)?.ToCampaign(connection);

    public static CampaignRow? Find(SqliteConnection connection, long id) =>
        connection.QuerySingleOrDefault<CampaignRow>($"SELECT {Columns} FROM campaign WHERE id = @id", new { id });

    public Campaign ToCampaign(SqliteConnection connection)
    {
        var counts = connection.Query<(long State, long N)>("SELECT state, n FROM campaign_count WHERE campaign_id = @Id", new { Id })
            .ToDictionary(row => (DeliveryState)row.State, row => row.N);
        return new Campaign
        {
            Id = Id,
            Draft = Json.Read<CampaignDraft>(Draft),
            State = (CampaignState)State,
            Revision = Revision,
            Counts = DeliveryCounts.Of(state => counts[state]),
            SourceCounts = SourceCounts is null ? null : Json.Read<SourceCounts>(SourceCounts),
            ScheduledAt = Time(ScheduledAt),
            StartProblem = StartProblem,
            DryRun = DryRun is null ? null : Json.Read<DryRun>(DryRun),
            Reconciliation = Reconciliation is null ? null : Json.Read<Reconciliation>(Reconciliation),
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            StartedAt = Time(StartedAt),
            CompletedAt = Time(CompletedAt),
            DeliveriesDroppedAt = Time(DroppedAt),
        };
    }

    private static DateTimeOffset? Time(long? at) => at is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(known) : null;
}

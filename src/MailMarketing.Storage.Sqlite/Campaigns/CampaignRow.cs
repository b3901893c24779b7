using Dapper;
using Microsoft.Data.Sqlite;

namespace MailMarketing.Storage.Sqlite;

/// <summary>A row of the table campaign.</summary>
internal sealed class CampaignRow
{
    public const string Columns =
        "id, draft, state, revision, source_counts AS SourceCounts, created_at AS CreatedAt, started_at AS StartedAt, completed_at AS CompletedAt";

    public long Id { get; init; }

    public string Draft { get; init; } = "";

    public long State { get; init; }

    public long Revision { get; init; }

    public string? SourceCounts { get; init; }

    public long CreatedAt { get; init; }

    public long? StartedAt { get; init; }

    public long? CompletedAt { get; init; }

    public static Campaign? Get(SqliteConnection connection, long id) => connection
        .QuerySingleOrDefault<CampaignRow>($"SELECT {Columns} FROM campaign WHERE id = @id", new { id })?.ToCampaign(connection);

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
            Counts = new DeliveryCounts
            {
                Pending = counts[DeliveryState.Pending],
                Sending = counts[DeliveryState.Sending],
                Retry = counts[DeliveryState.Retry],
                Success = counts[DeliveryState.Success],
                Failure = counts[DeliveryState.Failure],
                AuthFailure = counts[DeliveryState.AuthFailure],
                Suppressed = counts[DeliveryState.Suppressed],
                Cancelled = counts[DeliveryState.Cancelled],
                Unknown = counts[DeliveryState.Unknown],
            },
            SourceCounts = SourceCounts is null ? null : Json.Read<SourceCounts>(SourceCounts),
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            StartedAt = StartedAt is { } started ? DateTimeOffset.FromUnixTimeMilliseconds(started) : null,
            CompletedAt = CompletedAt is { } completed ? DateTimeOffset.FromUnixTimeMilliseconds(completed) : null,
        };
    }
}

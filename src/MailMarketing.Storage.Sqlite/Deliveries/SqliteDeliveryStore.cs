using Dapper;
using Microsoft.Data.Sqlite;

namespace MailMarketing.Storage.Sqlite;

/// <summary>What became of each campaign for each contact.</summary>
internal sealed partial class SqliteDeliveryStore(SqliteDatabase database) : IDeliveryStore
{
    private const char List = 'd';
    private const char ContactList = 'e';

    // How long a sending side elsewhere may be silent on a job that it last said waits, in milliseconds
    private const long Silence = 10 * 60 * 1000;

    private const string Columns = """
        d.id, d.campaign_id AS CampaignId, d.contact_id AS ContactId, coalesce(d.email, c.email) AS Email, d.round, d.state, d.attempts,
            d.message_id AS MessageId, d.error, d.handed_over AS HandedOver, d.by_person AS ByPerson, d.updated_at AS UpdatedAt
        """;

    private const string Select = $"SELECT {Columns} FROM delivery d LEFT JOIN contact c ON c.id = d.contact_id";

    public Task<Delivery?> GetAsync(long id, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => Get(connection, id)?.ToDelivery(), cancellationToken);

    public Task<Page<Delivery>> ListAsync(long campaignId, DeliveryQuery query, CancellationToken cancellationToken)
    {
        var parameters = new { campaignId, query.State, after = query.After(List), pattern = query.Pattern(), limit = query.Limit + 1 };
        var state = query.State is null ? "" : "AND d.state = @State";
        return database.ReadAsync(
            connection => connection.Query<Row>(
                    $"""
                    {Select}
                    WHERE d.campaign_id = @campaignId AND {query.Following("d.id")} {state}
                      AND (@pattern IS NULL OR coalesce(d.email, c.email) LIKE @pattern ESCAPE '\')
                    {query.Order("d.id")} LIMIT @limit
                    """,
                    parameters)
                .Select(row => row.ToDelivery()).ToList().ToPage(query, List, delivery => delivery.Id),
            cancellationToken);
    }

    public Task<Page<ContactDelivery>> ListOfContactAsync(long contactId, PageRequest page, CancellationToken cancellationToken)
    {
        var parameters = new { contactId, after = page.After(ContactList), pattern = page.Pattern(), limit = page.Limit + 1 };
        return database.ReadAsync(
            connection => connection.Query<Row>(
                    $"""
                    SELECT {Columns}, json_extract(m.draft, '$.Name') AS CampaignName
                    FROM delivery d JOIN campaign m ON m.id = d.campaign_id LEFT JOIN contact c ON c.id = d.contact_id
                    WHERE d.contact_id = @contactId AND {page.Following("d.id")}
                      AND (@pattern IS NULL OR m.name_key LIKE @pattern ESCAPE '\')
                    {page.Order("d.id")} LIMIT @limit
                    """,
                    parameters)
                .Select(row => new ContactDelivery(row.ToDelivery(), row.CampaignName))
                .ToList().ToPage(page, ContactList, mail => mail.Delivery.Id),
            cancellationToken);
    }

    public Task<IReadOnlyList<JobId>> AppendAsync(IReadOnlyList<DeliveryEvent> events, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<JobId>>(
            connection =>
            {
                var (now, rejected, campaigns) = (database.Now, new List<JobId>(), new HashSet<long>());
                foreach (var report in events)
                {
                    if (report.JobId.AsDeliveryId() is not { } id || Get(connection, id) is not { } row)
                    {
                        rejected.Add(report.JobId);
                        continue;
                    }

                    var status = report.Status.Round == 0 ? report.Status with { Round = (int)row.Round } : report.Status;
                    if (row.Status.YieldsTo(status))
                    {
                        Join(connection, id, status, report, now);
                        campaigns.Add(row.CampaignId);
                    }
                    else if (status.Round == row.Round && status.Attempts > row.Attempts)
                    {
                        // It says nothing new of how it ended, but the gateway was asked more often
                        connection.Execute("UPDATE delivery SET attempts = @Attempts WHERE id = @id", new { id, status.Attempts });
                    }

                    if (status.IsWaiting && status.Round == row.Round && row.Status.IsWaiting)
                    {
                        connection.Execute(
                            "UPDATE delivery SET due_at = @until WHERE id = @id AND handed_over > 0", new { id, until = now + Silence });
                    }
                }

                Completion.Check(connection, campaigns, now);
                return rejected;
            },
            cancellationToken);

    private static void Join(SqliteConnection connection, long id, DeliveryStatus status, DeliveryEvent report, long now) =>
        connection.Execute(
            """
            UPDATE delivery SET state = @State, attempts = max(attempts, @Attempts), message_id = coalesce(@MessageId, message_id),
                error = @Error, updated_at = @now,
                fence = CASE WHEN @IsWaiting THEN fence ELSE 0 END,
                due_at = CASE WHEN @IsWaiting THEN due_at END,
                handed_over = CASE WHEN @IsWaiting THEN handed_over ELSE 0 END
            WHERE id = @id
            """,
            new { id, status.State, status.Attempts, status.IsWaiting, report.MessageId, report.Error, now });

    private static Row? Get(SqliteConnection connection, long id) => connection.QuerySingleOrDefault<Row>($"{Select} WHERE d.id = @id", new { id });

    private sealed class Row
    {
        public long Id { get; init; }

        public long CampaignId { get; init; }

        public long ContactId { get; init; }

        public string? Email { get; init; }

        public long Round { get; init; }

        public long State { get; init; }

        public long Attempts { get; init; }

        public string? MessageId { get; init; }

        public string? Error { get; init; }

        public bool ByPerson { get; init; }

        public long UpdatedAt { get; init; }

        public string CampaignName { get; init; } = "";

        public DeliveryStatus Status => new((int)Round, (DeliveryState)State, (int)Attempts);

        public Delivery ToDelivery() => new()
        {
            Id = Id,
            CampaignId = CampaignId,
            ContactId = ContactId,
            Email = Email,
            Status = Status,
            MessageId = MessageId,
            Error = Error,
            ByPerson = ByPerson,
            UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(UpdatedAt),
        };
    }
}

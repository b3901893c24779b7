namespace MailMarketing.Storage.Postgres;

/// <summary>What became of each campaign for each contact.</summary>
internal sealed partial class PostgresDeliveryStore(PostgresDatabase database) : IDeliveryStore
{
    private const char List = 'd';
    private const char ContactList = 'e';

    // How long a sending side elsewhere may be silent on a job that it last said waits
    private const string Silence = "interval '10 minutes'";

    public Task<Delivery?> GetAsync(long id, CancellationToken cancellationToken) => database.ReadAsync(
        async work => (await work.FirstAsync<DeliveryRow>($"{DeliveryRow.Select} WHERE d.id = @id", new { id }))?.ToDelivery(),
        cancellationToken);

    public Task<Page<Delivery>> ListAsync(long campaignId, DeliveryQuery query, CancellationToken cancellationToken)
    {
        var parameters = new { campaignId, query.State, after = query.After(List), pattern = query.Pattern(), limit = query.Limit + 1 };
        var state = query.State is null ? "" : "AND d.state = @State";
        return database.ReadAsync(
            async work => (await work.ListAsync<DeliveryRow>(
                    $"""
                    {DeliveryRow.Select}
                    WHERE d.campaign_id = @campaignId AND {query.Following("d.id")} {state}
                      AND (@pattern IS NULL OR lower(coalesce(d.email, c.email)) LIKE @pattern)
                    {query.Order("d.id")} LIMIT @limit
                    """,
                    parameters))
                .ConvertAll(row => row.ToDelivery()).ToPage(query, List, delivery => delivery.Id),
            cancellationToken);
    }

    public Task<Page<ContactDelivery>> ListOfContactAsync(long contactId, PageRequest page, CancellationToken cancellationToken)
    {
        var parameters = new { contactId, after = page.After(ContactList), pattern = page.Pattern(), limit = page.Limit + 1 };
        return database.ReadAsync(
            async work => (await work.ListAsync<DeliveryRow>(
                    $"""
                    SELECT {DeliveryRow.Columns}, m.draft::json ->> 'Name' AS CampaignName
                    FROM delivery d JOIN campaign m ON m.id = d.campaign_id LEFT JOIN contact c ON c.id = d.contact_id
                    WHERE d.contact_id = @contactId AND {page.Following("d.id")} AND (@pattern IS NULL OR m.name_key LIKE @pattern)
                    {page.Order("d.id")} LIMIT @limit
                    """,
                    parameters))
                .ConvertAll(row => new ContactDelivery(row.ToDelivery(), row.CampaignName))
                .ToPage(page, ContactList, mail => mail.Delivery.Id),
            cancellationToken);
    }

    public Task<IReadOnlyList<JobId>> AppendAsync(IReadOnlyList<DeliveryEvent> events, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<JobId>>(
            async work =>
            {
                var ids = events.Select(report => report.JobId.AsDeliveryId()).OfType<long>().Distinct().ToArray();
                var rows = (await work.ListAsync<ReportedRow>(
                    """
                    SELECT id, campaign_id AS CampaignId, round, state, attempts, message_id AS MessageId, error
                    FROM delivery WHERE id = ANY(@ids) ORDER BY id FOR UPDATE
                    """,
                    new { ids })).ToDictionary(row => row.Id);
                var before = rows.Values.ToDictionary(row => row.Id, row => row.State);

                var rejected = new List<JobId>();
                foreach (var report in events)
                {
                    if (report.JobId.AsDeliveryId() is { } id && rows.TryGetValue(id, out var row))
                    {
                        row.Join(report);
                    }
                    else
                    {
                        rejected.Add(report.JobId);
                    }
                }

                await WriteAsync(work, [.. rows.Values.Where(row => row.Changed)]);
                await RenewAsync(work, [.. rows.Values.Where(row => row.Renewed && row.IsWaiting).Select(row => row.Id)]);
                foreach (var row in rows.Values.Where(row => row.Changed))
                {
                    work.Moves.Add(row.CampaignId, before[row.Id], row.State);
                }

                return rejected;
            },
            cancellationToken);

    private static async Task WriteAsync(Work work, List<ReportedRow> rows)
    {
        if (rows.Count > 0)
        {
            await work.RunAsync(
                $"""
                UPDATE delivery d SET state = r.state, attempts = r.attempts, message_id = r.message, error = r.error,
                    updated_at = {work.Now}, fence = CASE WHEN r.state <= 2 THEN d.fence ELSE 0 END,
                    due_at = CASE WHEN r.state <= 2 THEN d.due_at END, again_at = CASE WHEN r.state <= 2 THEN d.again_at END,
                    handed_over = CASE WHEN r.state <= 2 THEN d.handed_over ELSE 0 END
                FROM unnest(@ids, @states, @attempts, @messages, @errors) AS r (id, state, attempts, message, error) WHERE d.id = r.id
                """,
                new
                {
                    ids = rows.Column(row => row.Id),
                    states = rows.Column(row => (short)row.State),
                    attempts = rows.Column(row => row.Attempts),
                    messages = rows.Column(row => row.MessageId),
                    errors = rows.Column(row => row.Error),
                });
        }
    }

    private static async Task RenewAsync(Work work, long[] ids)
    {
        if (ids.Length > 0)
        {
            await work.RunAsync(
                $"""
                UPDATE delivery SET due_at = {work.Now} + {Silence}, again_at = {work.Now} + {Silence}
                WHERE id = ANY(@ids) AND handed_over > 0
                """,
                new { ids });
        }
    }
}

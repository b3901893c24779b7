using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace MailMarketing.EndToEnd;

/// <summary>What the pages read from a store with millions of contacts and deliveries in it.</summary>
internal static class Pages
{
    private const string Schema = "pages";
    private const int Campaigns = 5;
    private const int Allowed = 100;
    private const double DeepAllowed = 1.5;
    private const int Size = 50;

    public static async Task<List<Row>> RunAsync(Arguments arguments, string postgres)
    {
        var (contacts, deliveries) = (arguments.Contacts, arguments.Contacts * 2);
        await using var connection = new NpgsqlConnection(postgres);
        await connection.OpenAsync();
        await using var product = await Product.BuildAsync(mail => mail.UsePostgres(postgres, options => options.Schema = Schema));
        await product.MigrateAsync();
        var segment = await Crowd.AddAsync(connection, Schema, contacts);
        await product.DraftAsync(segment);
        var campaigns = new List<long>();
        for (var i = 0; i < Campaigns; i++)
        {
            campaigns.Add(await product.AddCampaignAsync());
        }

        await FillAsync(connection, campaigns, deliveries);
        Console.WriteLine($"\n{contacts} contacts, {deliveries} deliveries; p95 of {arguments.Views} views each");
        var (client, deep) = (product.Get<MailMarketingClient>(), Math.Min(10_000, contacts / Size));
        var cursor = await CursorAsync(client, deep);
        var rows = new List<Row>
        {
            await MeasureAsync("pages-campaign", async () =>
            {
                await client.Campaigns.GetAsync(campaigns[0], default);
                await client.Segments.GetAsync(segment, default);
                (await client.Deliveries.ListAsync(campaigns[0], new DeliveryQuery { Limit = Size }, default)).OrThrow();
            }),
            await MeasureAsync("pages-overview", async () =>
            {
                await client.Campaigns.ListAsync(new PageRequest { Limit = 5, NewestFirst = true }, default);
                await client.Contacts.CountAsync(default);
            }),
            await MeasureAsync("pages-segment", async () =>
            {
                await client.Segments.GetAsync(segment, default);
                await client.Contacts.ListAsync(new ContactQuery { Limit = Size, SegmentId = segment }, default);
            }),
            await MeasureAsync("pages-search", () => FindAsync($"person{contacts / 2}@example.org")),
            await MeasureAsync("pages-audience", () => product.CountAudienceAsync()),
            await MeasureAsync("pages-first", () => ListAsync(null)),
            await MeasureAsync("pages-deep", () => ListAsync(cursor)),
        };
        var searched = Stopwatch.GetTimestamp();
        await FindAsync("nobody has this");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"a search that finds nobody   {Stopwatch.GetElapsedTime(searched).TotalMilliseconds,8:0} ms"));
        await Crowd.RunAsync(connection, $"DROP SCHEMA {Schema} CASCADE");
        return
        [
            new("pages", rows.Max(row => row.Ratio), rows.Max(row => row.Ours), Allowed, "ms"), .. rows,
            new("pages-deep-over-first", rows[^1].Ours / rows[^2].Ours / DeepAllowed, rows[^1].Ours, rows[^2].Ours * DeepAllowed, "ms"),
        ];

        async Task ListAsync(string? from) =>
            (await client.Contacts.ListAsync(new ContactQuery { Limit = Size, NewestFirst = true, Cursor = from }, default)).OrThrow();

        async Task FindAsync(string search) => (await client.Contacts.ListAsync(new ContactQuery { Limit = Size, Search = search }, default)).OrThrow();

        async Task<Row> MeasureAsync(string name, Func<Task> view)
        {
            var times = new List<double>();
            for (var i = -5; i < arguments.Views; i++)
            {
                var started = Stopwatch.GetTimestamp();
                await view();
                if (i >= 0)
                {
                    times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                }
            }

            var slow = times.Order().ElementAt((int)(times.Count * 0.95));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-28} {slow,8:0.0} ms"));
            return Row.Of(name, slow, Allowed, "ms");
        }
    }

    // Sent, but for some that failed; the counts are what the product would have counted
    private static async Task FillAsync(NpgsqlConnection connection, List<long> campaigns, int deliveries)
    {
        await Crowd.RunAsync(
            connection,
            $"""
            INSERT INTO {Schema}.delivery (campaign_id, contact_id, state, attempts, spent, message_id, updated_at)
            SELECT g.campaign, c.id, CASE WHEN c.id % 100 = 0 THEN 4 ELSE 8 END, 1, 1, 'message', now()
            FROM unnest(ARRAY[{string.Join(',', campaigns)}]::bigint[]) AS g (campaign)
            CROSS JOIN LATERAL (SELECT id FROM {Schema}.contact ORDER BY id LIMIT {deliveries / campaigns.Count}) c;
            INSERT INTO {Schema}.campaign_count (campaign_id, shard, state, n)
            SELECT campaign_id, 0, state, count(*) FROM {Schema}.delivery GROUP BY campaign_id, state;
            UPDATE {Schema}.campaign SET state = 4, started_at = now(), completed_at = now(), planned = {deliveries / campaigns.Count};
            """);
        foreach (var table in (string[])["delivery", "contact", "segment_member"])
        {
            await Crowd.RunAsync(connection, $"VACUUM ANALYZE {Schema}.{table}");
        }
    }

    // Where a page begins, as whoever pages on and on gets there
    private static async Task<string?> CursorAsync(MailMarketingClient client, int page)
    {
        string? cursor = null;
        for (var left = (page - 1) * Size; left > 0;)
        {
            var part = Math.Min(left, PageRequest.MaxLimit);
            var people = (await client.Contacts.ListAsync(new ContactQuery { Limit = part, NewestFirst = true, Cursor = cursor }, default)).OrThrow();
            (cursor, left) = (people.NextCursor, left - part);
        }

        return cursor;
    }
}

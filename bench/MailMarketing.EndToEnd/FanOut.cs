using System.Diagnostics;
using Npgsql;

namespace MailMarketing.EndToEnd;

/// <summary>Starting a campaign, which plans a delivery for each person, against the bare statement that writes as many equal rows.</summary>
internal static class FanOut
{
    private const string Schema = "fan_out";
    private const int FirstMailAllowed = 2;

    public static async Task<List<Row>> RunAsync(Arguments arguments, string postgres)
    {
        await using var connection = new NpgsqlConnection(postgres);
        await connection.OpenAsync();
        using var sink = await Sink.StartAsync();
        await using var product = await Product.BuildAsync(mail => mail.UsePostgres(postgres, options => options.Schema = Schema), sink.Address);
        await product.MigrateAsync();
        var segment = await Crowd.AddAsync(connection, Schema, arguments.People);
        await product.DraftAsync(segment);
        await Crowd.RunAsync(connection, $"CREATE TABLE {Schema}.bare (LIKE {Schema}.delivery INCLUDING ALL)");

        var turns = new Turns(await Meter.OfAsync(postgres));
        var campaign = 0L;
        var ours = turns.Add("fan-out", arguments.People, () => product.StartCampaignAsync(campaign), async () =>
        {
            await ResetAsync();
            campaign = await product.AddCampaignAsync();
        });
        var bare = turns.Add("INSERT … SELECT", arguments.People, () => Crowd.RunAsync(connection, Insert(segment)), ResetAsync);
        Contestant.PrintHeader($"Starting for {arguments.People}");
        await turns.RunAsync(arguments.Rounds, warmUps: 1);

        await ResetAsync();
        var first = await FirstMailAsync(product);
        Console.WriteLine($"first mail out {first:0.00} s after the start");
        await Crowd.RunAsync(connection, $"DROP SCHEMA {Schema} CASCADE");
        return [ours.Over("fan-out", bare, "deliveries/s"), Row.Of("first-mail", first, FirstMailAllowed, "s")];

        Task ResetAsync() => Crowd.RunAsync(
            connection, $"TRUNCATE {Schema}.bare, {Schema}.delivery, {Schema}.delivery_block, {Schema}.campaign_count, {Schema}.campaign; CHECKPOINT");
    }

    private static string Insert(long segment) =>
        $"""
        INSERT INTO {Schema}.bare (campaign_id, contact_id, state, due_at, updated_at)
        SELECT 1, c.id, 0, now(), now() FROM {Schema}.contact c JOIN {Schema}.segment_member m ON m.contact_id = c.id
        WHERE m.segment_id = {segment} ORDER BY c.id
        """;

    // From when the start has committed until one of the campaign's emails was taken and that is written down
    private static async Task<double> FirstMailAsync(Product product)
    {
        await product.RunAsync();
        var campaign = await product.AddCampaignAsync();
        await product.StartCampaignAsync(campaign);
        var started = Stopwatch.GetTimestamp();
        await product.UntilAsync(campaign, now => now.Counts.Success > 0);
        var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await product.DisposeAsync();
        return took;
    }
}

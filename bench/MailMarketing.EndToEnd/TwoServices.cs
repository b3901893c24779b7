using Npgsql;

namespace MailMarketing.EndToEnd;

/// <summary>A campaign through web and an email client as processes of their own, against the same in one process.</summary>
internal static class TwoServices
{
    public static async Task<List<Row>> RunAsync(Arguments arguments, string postgres, string redis, string host, string folder)
    {
        using var sink = await Sink.StartAsync();
        await using var product = await Product.StartAsync(mail => mail.UsePostgres(postgres, options => options.Schema = "one_process"), sink.Address);
        await product.PrepareAsync(arguments.Recipients);

        // A database of its own, where nobody else sends
        await using (var connection = new NpgsqlConnection(postgres))
        {
            await connection.OpenAsync();
            await Crowd.RunAsync(connection, "CREATE DATABASE web");
        }

        var web = new NpgsqlConnectionStringBuilder(postgres) { Database = "web" }.ConnectionString;
        await using var services = await Services.StartAsync(host, web, redis, sink.Address, folder);
        await services.PrepareAsync(arguments.Recipients);
        var turns = new Turns(await Meter.OfAsync(postgres, [sink.Process, .. services.Processes]));
        var apart = turns.Add("two services", arguments.Recipients, services.SendAsync);
        var together = turns.Add("in one process", arguments.Recipients, () => product.SendAsync(arguments.Recipients));
        Contestant.PrintHeader($"Two services, {arguments.Recipients} recipients");
        await turns.RunAsync(arguments.Rounds, warmUps: 1);
        return [apart.Over("e2e-two-services", together, "emails/s")];
    }
}

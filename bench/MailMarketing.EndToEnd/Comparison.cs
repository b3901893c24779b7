namespace MailMarketing.EndToEnd;

/// <summary>Whole campaigns in turns with a bare loop of requests, and with what many write first.</summary>
internal static class Comparison
{
    public static async Task<Results> RunAsync(Arguments arguments, string folder)
    {
        using var sink = await Sink.StartAsync();
        using var http = new Ceiling(sink.Address);
        await using var onSqlite = await Product.StartAsync(mail => mail.UseSqlite($"Data Source={Path.Combine(folder, "mail.db")}"), sink.Address);
        await onSqlite.PrepareAsync(arguments.Recipients);
        await using var onPostgres = arguments.Postgres is { } connection
            ? await Product.StartAsync(mail => mail.UsePostgres(connection), sink.Address)
            : null;
        await (onPostgres?.PrepareAsync(arguments.Recipients) ?? Task.CompletedTask);
        using var loop = arguments.Postgres is { } database ? new Naive(database, sink.Address) : null;

        var turns = new Turns(await Meter.OfAsync(arguments.Postgres, sink.Process));
        var bare = turns.Add("bare requests", arguments.Recipients, () => http.SendAsync(arguments.Recipients));
        var sqlite = turns.Add("SQLite", arguments.Recipients, () => onSqlite.SendAsync(arguments.Recipients));
        var postgres = onPostgres is null
            ? null
            : turns.Add("PostgreSQL", arguments.Recipients, () => onPostgres.SendAsync(arguments.Recipients));
        var naive = loop is null ? null : turns.Add("naive loop", Arguments.Few, () => loop.SendAsync(Arguments.Few));
        Contestant.PrintHeader($"{arguments.Recipients} of {http.Size} bytes, {Arguments.Concurrency} at once");
        await turns.RunAsync(arguments.Rounds, warmUps: 1);

        var (rows, rates) = (new List<Row>(), new List<(string, double)> { (bare.Name, bare.Rate), (sqlite.Name, sqlite.Rate) });
        if (postgres is not null)
        {
            rows.Add(postgres.Over("e2e", bare, "emails/s"));
            rows.Add(sqlite.Over("e2e-sqlite", postgres, "emails/s"));
            rows.Add(postgres.Over("e2e-naive", naive!, "emails/s"));
            rows.Add(await CountAsync(onPostgres!, arguments.Recipients));
            rates.AddRange([(postgres.Name, postgres.Rate), (naive!.Name, naive.Rate)]);
        }

        rows.Add(sqlite.Over("e2e-sqlite-over-ceiling", bare, "emails/s"));
        return new Results(rows, rates, bare, postgres);
    }

    private static async Task<Row> CountAsync(Product postgres, int recipients)
    {
        const int Allowed = 12;
        using var statements = new Statements();
        await postgres.SendAsync(recipients);
        return Row.Of("statements", statements.Count * 1000.0 / recipients, Allowed, "per 1,000");
    }

    /// <summary>What came of it.</summary>
    internal sealed record Results(List<Row> Rows, List<(string Name, double Rate)> Rates, Contestant Bare, Contestant? Postgres);
}

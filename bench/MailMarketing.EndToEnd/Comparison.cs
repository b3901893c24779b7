using System.Diagnostics;

namespace MailMarketing.EndToEnd;

/// <summary>Runs ours and the ceiling in turns, and prints how one stands to the other.</summary>
internal static class Comparison
{
    public static async Task<(List<Row> Rows, IReadOnlyList<(string Name, double Rate)> Rates)> RunAsync(Arguments arguments, string folder)
    {
        using var sink = await Sink.StartAsync();
        using var ceiling = new Ceiling(sink.Address);
        Console.WriteLine($"{arguments.Recipients} recipients, {ceiling.Size} bytes each, {Arguments.Concurrency} requests at once, median of {arguments.Rounds}");
        Console.WriteLine($"{"",-12} {"emails/s",10} {"µs of CPU",10} {"sink's",10}");
        var rows = new List<Row>();
        await using var sqlite = await Product.StartAsync(mail => mail.UseSqlite($"Data Source={Path.Combine(folder, "mail.db")}"), sink.Address);
        await sqlite.PrepareAsync(arguments.Recipients);
        await using var postgres = arguments.Postgres is { } connection
            ? await Product.StartAsync(mail => mail.UsePostgres(connection), sink.Address)
            : null;
        await (postgres?.PrepareAsync(arguments.Recipients) ?? Task.CompletedTask);

        // One round of each to warm up, which does not count
        using var naive = arguments.Postgres is { } database ? new Naive(database, sink.Address) : null;
        var (bare, onSqlite, onPostgres, naively) = (new List<Run>(), new List<Run>(), new List<Run>(), new List<Run>());
        for (var round = 0; round <= arguments.Rounds; round++)
        {
            bare.Add(await MeasureAsync(sink, arguments.Recipients, ceiling.SendAsync));
            onSqlite.Add(await MeasureAsync(sink, arguments.Recipients, sqlite.SendAsync));
            if (postgres is not null)
            {
                onPostgres.Add(await MeasureAsync(sink, arguments.Recipients, postgres.SendAsync));
                naively.Add(await MeasureAsync(sink, Arguments.Few, naive!.SendAsync));
            }
        }

        var top = Print("ceiling", bare);
        var light = Print("SQLite", onSqlite);
        var rates = new List<(string, double)> { ("bare requests", top), ("SQLite", light) };
        if (postgres is not null)
        {
            var heavy = Print("PostgreSQL", onPostgres);
            var slow = Print("naive", naively);
            rows.Add(Row.Of("e2e", heavy, top, "emails/s"));
            rows.Add(Row.Of("e2e-sqlite", light, heavy, "emails/s"));
            rows.Add(Row.Of("e2e-naive", heavy, slow, "emails/s"));
            rows.Add(await CountAsync(postgres, arguments.Recipients));
            rates.AddRange([("PostgreSQL", heavy), ("naive loop", slow)]);
        }

        rows.Add(Row.Of("e2e-sqlite-over-ceiling", light, top, "emails/s"));
        return (rows, rates);
    }

    private static async Task<Row> CountAsync(Product postgres, int recipients)
    {
        const int Allowed = 12;
        using var statements = new Statements();
        await postgres.SendAsync(recipients);
        return Row.Of("statements", statements.Count * 1000.0 / recipients, Allowed, "per 1,000");
    }

    private static async Task<Run> MeasureAsync(Sink sink, int messages, Func<int, Task> send)
    {
        using var process = Process.GetCurrentProcess();
        var (cpu, sinkCpu, started) = (process.TotalProcessorTime.TotalSeconds, sink.Cpu, Stopwatch.GetTimestamp());
        await send(messages);
        var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
        process.Refresh();
        const double micro = 1e6;
        return new(messages / took, (process.TotalProcessorTime.TotalSeconds - cpu) / messages * micro, (sink.Cpu - sinkCpu) / messages * micro);
    }

    private static double Print(string name, List<Run> runs)
    {
        var rate = Median(runs, run => run.Rate);
        Console.WriteLine($"{name,-12} {rate,10:0} {Median(runs, run => run.Cpu),10:0} {Median(runs, run => run.SinkCpu),10:0}");
        return rate;
    }

    private static double Median(List<Run> runs, Func<Run, double> value)
    {
        var sorted = runs.Skip(1).Select(value).Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private sealed record Run(double Rate, double Cpu, double SinkCpu);
}

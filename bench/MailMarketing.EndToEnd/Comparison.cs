using System.Diagnostics;
using System.Text.Json;

namespace MailMarketing.EndToEnd;

/// <summary>Runs ours and the ceiling in turns, and prints how one stands to the other.</summary>
internal static class Comparison
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var folder = Directory.CreateTempSubdirectory("mailmarketing-").FullName;
        using var sink = await Sink.StartAsync();
        using var ceiling = new Ceiling(sink.Address);
        Console.WriteLine($"{arguments.Recipients} recipients, {ceiling.Size} bytes each, {Arguments.Concurrency} requests at once, median of {arguments.Rounds}");
        Console.WriteLine($"{"",-12} {"emails/s",10} {"µs of CPU",10} {"sink's",10}");
        var rows = new List<Row>();
        var sqlite = await Product.StartAsync(mail => mail.UseSqlite($"Data Source={Path.Combine(folder, "mail.db")}"), sink.Address);
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
        if (postgres is not null)
        {
            var heavy = Print("PostgreSQL", onPostgres);
            rows.Add(new("e2e", heavy / top, heavy, top, "emails/s"));
            rows.Add(new("e2e-sqlite", light / heavy, light, heavy, "emails/s"));
            var slow = Print("naive", naively);
            rows.Add(new("e2e-naive", heavy / slow, heavy, slow, "emails/s"));
        }

        rows.Add(new("e2e-sqlite-over-ceiling", light / top, light, top, "emails/s"));
        Write(rows, arguments.Results);
        await sqlite.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        return 0;
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

    private static void Write(List<Row> rows, string file)
    {
        Console.WriteLine();
        Console.WriteLine("| name | ratio | ours | ceiling | unit |");
        Console.WriteLine("| --- | ---: | ---: | ---: | --- |");
        foreach (var row in rows)
        {
            Console.WriteLine($"| `{row.Name}` | {row.Ratio:0.00} | {row.Ours:0} | {row.Ceiling:0} | {row.Unit} |");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        File.WriteAllText(file, JsonSerializer.Serialize(rows, JsonSerializerOptions.Web));
    }

    private sealed record Run(double Rate, double Cpu, double SinkCpu);

    private sealed record Row(string Name, double Ratio, double Ours, double Ceiling, string Unit);
}

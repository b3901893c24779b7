using System.Diagnostics;
using System.Globalization;
using System.Text;
using CsvHelper;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace MailMarketing.EndToEnd;

/// <summary>A list of people into the store, against the same rows into an equal table by the quickest means there is.</summary>
internal static class Imports
{
    private const string Schema = "imports";
    private const int Allowed = 150;
    private const string Columns =
        "email, email_key, name, first_name, last_name, name_key, first_name_key, last_name_key, attributes, status, created_at, updated_at";

    public static async Task<List<Row>> RunAsync(Arguments arguments, string folder)
    {
        var list = Path.Combine(folder, "list.csv");
        Lists.Write(list, arguments.People);
        var rows = new List<Row>();
        Contestant.PrintHeader($"Importing {arguments.People}");
        if (arguments.Postgres is { } postgres)
        {
            rows.AddRange(await OnPostgresAsync(arguments, postgres, list));
            rows.AddRange(await MemoryAsync(postgres, list, folder));
        }

        rows.Add(await OnSqliteAsync(arguments, list, folder));
        return rows;
    }

    /// <summary>One import in a process of its own; prints the most memory that it had.</summary>
    public static async Task<int> AloneAsync(string postgres, string list)
    {
        await using (var product = await Product.StartAsync(mail => mail.UsePostgres(postgres, options => options.Schema = Schema)))
        {
            await product.ImportAsync(list);
        }

        using var process = Process.GetCurrentProcess();
        Console.WriteLine((process.PeakWorkingSet64 / 1024.0 / 1024.0).ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static async Task<IEnumerable<Row>> OnPostgresAsync(Arguments arguments, string postgres, string list)
    {
        await using var product = await Product.StartAsync(mail => mail.UsePostgres(postgres, options => options.Schema = Schema));
        await product.WarmUpAsync();
        await using var connection = new NpgsqlConnection(postgres);
        await connection.OpenAsync();
        await RunAsync(connection, $"DROP TABLE IF EXISTS bare; CREATE TABLE bare (LIKE {Schema}.contact INCLUDING ALL)");
        var turns = new Turns(await Meter.OfAsync(postgres));
        var ours = turns.Add("import", arguments.People, () => product.ImportAsync(list), () => EmptyAsync($"{Schema}.contact"));
        var again = turns.Add("the same again", arguments.People, () => product.ImportAsync(list), RestAsync);
        var bare = turns.Add("CSV + COPY", arguments.People, () => CopyAsync(connection, list), () => EmptyAsync("bare"));
        await turns.RunAsync(arguments.Rounds);
        await RunAsync(connection, $"DROP TABLE bare; TRUNCATE {Schema}.contact CASCADE");
        return [ours.Over("import", bare, "rows/s"), again.Over("reimport", bare, "rows/s")];

        async Task EmptyAsync(string table)
        {
            await RunAsync(connection, $"TRUNCATE {table} CASCADE");
            await RestAsync();
        }

        // What one run left to be written must not be paid for by the next
        Task RestAsync() => RunAsync(connection, "CHECKPOINT");
    }

    private static async Task CopyAsync(NpgsqlConnection connection, string list)
    {
        var now = DateTime.UnixEpoch;
        await using var copy = await connection.BeginBinaryImportAsync($"COPY bare ({Columns}) FROM STDIN (FORMAT binary)");
        await Lists.ReadAsync(list, async row =>
        {
            var (email, name, first, last) = (Text(row, 0), Text(row, 1), Text(row, 2), Text(row, 3));
            await copy.StartRowAsync();
            foreach (var text in (string[])[email, Lower(email), name, first, last, Lower(name), Lower(first), Lower(last)])
            {
                await copy.WriteAsync(text, NpgsqlDbType.Text);
            }

            await copy.WriteAsync(Attributes(row), NpgsqlDbType.Jsonb);
            await copy.WriteAsync((short)0, NpgsqlDbType.Smallint);
            await copy.WriteAsync(now, NpgsqlDbType.TimestampTz);
            await copy.WriteAsync(now, NpgsqlDbType.TimestampTz);
        });
        await copy.CompleteAsync();
    }

    private static async Task<Row> OnSqliteAsync(Arguments arguments, string list, string folder)
    {
        var (file, bare) = (Path.Combine(folder, "import.db"), Path.Combine(folder, "bare.db"));
        await using var product = await Product.StartAsync(mail => mail.UseSqlite($"Data Source={file}"));
        await product.WarmUpAsync();
        var turns = new Turns(await Meter.OfAsync(null));
        var ours = turns.Add("import-sqlite", arguments.People, () => product.ImportAsync(list), EmptyAsync);
        var ceiling = turns.Add("CSV + prepared inserts", arguments.People, () => InsertAsync(file, bare, list), () =>
        {
            Delete(bare);
            return Task.CompletedTask;
        });
        await turns.RunAsync(arguments.Rounds);
        return ours.Over("import-sqlite", ceiling, "rows/s");

        Task EmptyAsync()
        {
            using var connection = Open(file);
            Run(connection, "DELETE FROM contact");
            Run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
            return Task.CompletedTask;
        }
    }

    private static async Task InsertAsync(string like, string file, string list)
    {
        using var connection = Open(file);
        Run(connection, "PRAGMA journal_mode = WAL");
        Run(connection, "PRAGMA synchronous = NORMAL");
        using (var other = Open(like))
        {
            using var command = other.CreateCommand();
            command.CommandText = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'contact'";
            Run(connection, (string)command.ExecuteScalar()!);
        }

        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.CommandText =
            """
            INSERT INTO contact (email, email_key, name, first_name, last_name, attributes, search, status, created_at, updated_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, 0, 0)
            """;
        for (var i = 1; i <= 7; i++)
        {
            insert.Parameters.Add(new SqliteParameter($"?{i}", ""));
        }

        await Lists.ReadAsync(list, row =>
        {
            var (email, name, first, last) = (Text(row, 0), Text(row, 1), Text(row, 2), Text(row, 3));
            string[] values = [email, Lower(email), name, first, last, Attributes(row), Lower($"{email}\n{name}\n{first}\n{last}")];
            for (var i = 0; i < values.Length; i++)
            {
                insert.Parameters[i].Value = values[i];
            }

            insert.ExecuteNonQuery();
            return Task.CompletedTask;
        });
        transaction.Commit();
    }

    private static async Task<List<Row>> MemoryAsync(string postgres, string list, string folder)
    {
        var large = Path.Combine(folder, "long.csv");
        Lists.WriteLong(large, 3000);
        var peaks = new List<double>();
        foreach (var file in (string[])[list, large])
        {
            using var process = Process.Start(
                new ProcessStartInfo("dotnet", [typeof(Imports).Assembly.Location, "--import", postgres, file]) { RedirectStandardOutput = true })!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            peaks.Add(double.Parse(output, CultureInfo.InvariantCulture));
        }

        Console.WriteLine($"memory of an import: {peaks[0]:0} MiB, with rows of 60 KB {peaks[1]:0} MiB");
        return [Row.Of("import-memory", peaks.Max(), Allowed, "MiB")];
    }

    private static string Text(CsvReader row, int column) => Encoding.UTF8.GetString(row.GetSpan(column));

    private static string Attributes(CsvReader row) => $$"""{"city":"{{Text(row, 4)}}","plan":"{{Text(row, 5)}}","points":"{{Text(row, 6)}}"}""";

    private static string Lower(string text) => text.ToLowerInvariant();

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        connection.Open();
        return connection;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static void Delete(string file)
    {
        foreach (var end in (string[])["", "-wal", "-shm"])
        {
            File.Delete(file + end);
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }
}

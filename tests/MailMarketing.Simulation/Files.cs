using Dapper;
using MailMarketing.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace MailMarketing.Simulation;

/// <summary>The databases of one run, copied from ones that were brought up to date once, with a log of every change of state.</summary>
internal sealed class Files : IDisposable
{
    private const string Memory = "/dev/shm";

    private static readonly Lazy<byte[]> _web = new(() => Make(
        "delivery", builder => builder.UseSqlite, services => services.GetRequiredService<IContactStore>().CountAsync(CancellationToken.None)));

    private static readonly Lazy<byte[]> _intake = new(() => Make(
        "job", builder => builder.UseSqliteIntake, services => services.GetRequiredService<ISendIntake>().ReadReportsAsync(1, CancellationToken.None)));

    private readonly string _folder = NewFolder();

    public Files()
    {
        File.WriteAllBytes(Path.Combine(_folder, "web.db"), _web.Value);
        EmptyIntake(0);
    }

    public string Web => Connection("web.db");

    public string Intake => Connection("intake.db");

    /// <summary>The email client's queue begins anew, under a name that tells so.</summary>
    public void EmptyIntake(int life)
    {
        Forget(Intake);
        foreach (var ending in new[] { "", "-wal", "-shm" })
        {
            File.Delete(Path.Combine(_folder, "intake.db" + ending));
        }

        File.WriteAllBytes(Path.Combine(_folder, "intake.db"), _intake.Value);
        using var database = new SqliteConnection(Intake);
        database.Execute("UPDATE queue SET incarnation = @life", new { life = $"life {life}" });
    }

    public void Dispose()
    {
        Forget(Web);
        Forget(Intake);
        Directory.Delete(_folder, recursive: true);
    }

    private string Connection(string file) => ConnectionTo(Path.Combine(_folder, file));

    private static string ConnectionTo(string path) => $"Data Source={path};Foreign Keys=True;Default Timeout=30";

    /// <summary>Closes the pooled connections to a file that goes away.</summary>
    private static void Forget(string connection)
    {
        using var database = new SqliteConnection(connection);
        SqliteConnection.ClearPool(database);
    }

    private static string NewFolder()
    {
        var parent = Directory.Exists(Memory) ? Memory : Path.GetTempPath();
        return Directory.CreateDirectory(Path.Combine(parent, $"mail-sim-{Guid.NewGuid():N}")).FullName;
    }

    private static byte[] Make(string table, Func<MailMarketingBuilder, Func<string, MailMarketingBuilder>> use, Func<IServiceProvider, Task> touch)
    {
        var folder = NewFolder();
        try
        {
            var file = Path.Combine(folder, "template.db");
            var services = new ServiceCollection();
            use(new MailMarketingBuilder(services))(ConnectionTo(file));
            using (var provider = services.BuildServiceProvider())
            {
                touch(provider).GetAwaiter().GetResult();
            }

            using (var database = new SqliteConnection(ConnectionTo(file)))
            {
                database.Execute(
                    $"""
                    CREATE TABLE moved (id INTEGER PRIMARY KEY, row INTEGER, before INTEGER, after INTEGER);
                    CREATE TRIGGER moved AFTER UPDATE OF state ON {table} WHEN old.state <> new.state AND old.round = new.round
                    BEGIN
                        INSERT INTO moved (row, before, after) VALUES (new.id, old.state, new.state);
                    END;
                    PRAGMA wal_checkpoint(TRUNCATE);
                    """);
            }

            Forget(ConnectionTo(file));
            return File.ReadAllBytes(file);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

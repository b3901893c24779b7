using Dapper;
using DbUp;
using DbUp.Engine;
using Microsoft.Data.Sqlite;

namespace MailMarketing.Storage.Sqlite;

/// <summary>Brings a file's schema up to date, one process at a time.</summary>
internal static class SqliteMigrator
{
    private const string Prefix = "MailMarketing.Storage.Sqlite.Migrations.";

    public static async Task UpgradeAsync(string path, string connectionString, string schema, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var scripts = Scripts(schema);

        // Without a need to change anything no lock is taken: a second process starts while the first one works
        if (Applied(connectionString, path, scripts) == scripts.Count)
        {
            return;
        }

        await using var only = await LockAsync(path + ".upgrade", cancellationToken);
        if (Applied(connectionString, path, scripts) == scripts.Count)
        {
            return;
        }

        using (var connection = new SqliteConnection(connectionString))
        {
            connection.Open();
            connection.Run("PRAGMA journal_mode = WAL");
        }

        var result = DeployChanges.To.SqliteDatabase(connectionString)
            .WithScripts(scripts).WithTransactionPerScript().WithVariablesDisabled().LogToNowhere().Build().PerformUpgrade();
        if (!result.Successful)
        {
            throw new MailMarketingException(
                $"The database {path} could not be brought up to date by {result.ErrorScript?.Name}: {result.Error.Message}", result.Error);
        }
    }

    private static List<SqlScript> Scripts(string schema)
    {
        var assembly = typeof(SqliteMigrator).Assembly;
        var scripts = new List<SqlScript>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix + schema + ".", StringComparison.Ordinal)).Order())
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            scripts.Add(new SqlScript(resource[Prefix.Length..], reader.ReadToEnd()));
        }

        return scripts;
    }

    /// <summary>How many of the scripts were run before; refuses a file that others were run on.</summary>
    private static int Applied(string connectionString, string path, List<SqlScript> scripts)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        if (connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'SchemaVersions'") == 0)
        {
            return 0;
        }

        var applied = connection.Query<string>("SELECT ScriptName FROM SchemaVersions").ToHashSet(StringComparer.Ordinal);
        var unknown = applied.Except(scripts.Select(script => script.Name)).Order().ToList();
        return unknown.Count == 0
            ? applied.Count
            : throw new MailMarketingException(
                $"The database {path} is newer than this version of MailMarketing, or belongs to another part of it: it knows "
                + $"{string.Join(", ", unknown)}. Install the newer version, or name another file.");
    }

    private static async Task<FileStream> LockAsync(string path, CancellationToken cancellationToken)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (tries < 600)
            {
                // Another process upgrades. This waits in real time: the application's clock may stand still in a test
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
            }
        }
    }
}

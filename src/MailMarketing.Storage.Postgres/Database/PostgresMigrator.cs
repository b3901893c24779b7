using Dapper;
using DbUp;
using DbUp.Engine;
using Npgsql;

namespace MailMarketing.Storage.Postgres;

/// <summary>Brings a schema up to date, one process at a time.</summary>
internal static class PostgresMigrator
{
    private const string Prefix = "MailMarketing.Storage.Postgres.Migrations.";
    public const string Journal = "schemaversions";
    private const int OldestServer = 15;

    public static async Task UpgradeAsync(
        NpgsqlConnectionStringBuilder settings, string part, string schema, CancellationToken cancellationToken)
    {
        // A connection of its own, so that closing it gives the lock back
        var unpooled = new NpgsqlConnectionStringBuilder(settings.ConnectionString)
        {
            Pooling = false,
            MaxAutoPrepare = 0,
            CommandTimeout = 0,
        };
        await using var connection = new NpgsqlConnection(unpooled.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        if (connection.PostgreSqlVersion.Major < OldestServer)
        {
            throw new MailMarketingException(
                $"The server is PostgreSQL {connection.PostgreSqlVersion}; MailMarketing needs {OldestServer} or later.");
        }

        // Without a need to change anything no lock is taken: a second process starts while the first one works
        var scripts = Scripts(part);
        if (await AppliedAsync(connection, schema, scripts, cancellationToken) == scripts.Count)
        {
            return;
        }

        await RunAsync(connection, $"SELECT pg_advisory_lock(hashtextextended('{schema}.migration', 0))", cancellationToken);
        if (await AppliedAsync(connection, schema, scripts, cancellationToken) == scripts.Count)
        {
            return;
        }

        // Asked for first: IF NOT EXISTS wants the right to make schemas even where there is nothing to make
        if (await Exists(connection, $"to_regnamespace('{schema}')", cancellationToken) is false)
        {
            await RunAsync(connection, $"CREATE SCHEMA {schema}", cancellationToken);
        }

        var result = DeployChanges.To.PostgresqlDatabase(unpooled.ConnectionString)
            .JournalToPostgresqlTable(schema, Journal)
            .WithScripts(scripts).WithTransactionPerScript().WithVariablesDisabled().LogToNowhere().Build().PerformUpgrade();
        if (!result.Successful)
        {
            throw new MailMarketingException(
                $"The schema {schema} could not be brought up to date by {result.ErrorScript?.Name}: {result.Error.Message}", result.Error);
        }
    }

    private static List<SqlScript> Scripts(string part)
    {
        var assembly = typeof(PostgresMigrator).Assembly;
        var scripts = new List<SqlScript>();
        var resources = assembly.GetManifestResourceNames().Where(name => name.StartsWith($"{Prefix}{part}.", StringComparison.Ordinal));
        foreach (var resource in resources.Order())
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            scripts.Add(new SqlScript(resource[Prefix.Length..], reader.ReadToEnd()));
        }

        return scripts;
    }

    /// <summary>How many of the scripts were run before; refuses a schema that others were run on.</summary>
    private static async Task<int> AppliedAsync(
        NpgsqlConnection connection, string schema, List<SqlScript> scripts, CancellationToken cancellationToken)
    {
        if (await Exists(connection, $"to_regclass('{schema}.{Journal}')", cancellationToken) is false)
        {
            return 0;
        }

        var names = new CommandDefinition($"SELECT scriptname FROM {schema}.{Journal}", cancellationToken: cancellationToken);
        var applied = (await connection.QueryAsync<string>(names)).ToHashSet(StringComparer.Ordinal);
        var unknown = applied.Except(scripts.Select(script => script.Name)).Order().ToList();
        return unknown.Count == 0
            ? applied.Count
            : throw new MailMarketingException(
                $"The schema {schema} is newer than this version of MailMarketing, or belongs to another part of it: it knows "
                + $"{string.Join(", ", unknown)}. Install the newer version, or name another schema.");
    }

    private static Task<bool> Exists(NpgsqlConnection connection, string thing, CancellationToken cancellationToken) =>
        connection.ExecuteScalarAsync<bool>(new CommandDefinition($"SELECT {thing} IS NOT NULL", cancellationToken: cancellationToken));

    private static Task<int> RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(sql, cancellationToken: cancellationToken));
}

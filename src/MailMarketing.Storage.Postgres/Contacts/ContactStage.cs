using System.Data;
using Npgsql;

namespace MailMarketing.Storage.Postgres;

/// <summary>
/// People on their way to be contacts: a temporary table on a connection of its own. Filling it locks nothing that others wait for, and it
/// goes with the connection, even where the process dies.
/// </summary>
internal sealed class ContactStage : IAsyncDisposable
{
    // People are sent in parts, so that a slow source never keeps a transaction open: that would hold back the vacuum of busy tables
    private const int Part = 5000;

    private const string Given = """
        CREATE TEMP TABLE given (
            id             bigint NOT NULL,
            email          text   COLLATE "C" NOT NULL,
            email_key      text   COLLATE "C" NOT NULL,
            name           text,
            first_name     text,
            last_name      text,
            name_key       text   COLLATE "C",
            first_name_key text   COLLATE "C",
            last_name_key  text   COLLATE "C",
            attributes     text   NOT NULL,
            unsubscribed   boolean NOT NULL
        )
        """;

    // Of equal addresses the last
    private const string Staged = """
        CREATE TEMP TABLE staged AS
        SELECT DISTINCT ON (email_key) id, email, email_key, name, first_name, last_name, name_key, first_name_key, last_name_key,
            attributes::jsonb AS attributes, unsubscribed
        FROM given ORDER BY email_key, id DESC
        """;

    private readonly PostgresDatabase _database;
    private int _given;
    private int _refused;
    private int _staged;

    private ContactStage(PostgresDatabase database, NpgsqlConnection connection) => (_database, Connection) = (database, connection);

    /// <summary>Where the table is.</summary>
    public NpgsqlConnection Connection { get; }

    /// <summary>Reads people to the end; of equal addresses the last stays. A null is one refused, and only counted.</summary>
    public static async Task<ContactStage> FillAsync(
        PostgresDatabase database, IAsyncEnumerable<ContactData?>? people, CancellationToken cancellationToken)
    {
        var stage = new ContactStage(database, await database.OpenAsync(cancellationToken));
        try
        {
            await stage.RunAsync(work => work.RunAsync(Given), cancellationToken);
            if (people is not null)
            {
                await stage.AddAsync(people, cancellationToken);
            }

            await stage.RunAsync(work => work.RunLongAsync(Staged), cancellationToken);
            await stage.RunAsync(work => work.RunLongAsync("DROP TABLE given; ANALYZE staged"), cancellationToken);
            stage._staged = await stage.RunAsync(work => work.FirstAsync<int>("SELECT count(*)::integer FROM staged"), cancellationToken);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Adds or updates contacts by address, in the caller's transaction. What is not said of a person leaves what is stored.
    /// </summary>
    public async Task<SourceCounts> MergeAsync(Work work)
    {
        if (_staged == 0)
        {
            return new SourceCounts(0, 0, 0, 0, _refused);
        }

        // One after the other: of two that write the same people in different order each would wait for the other
        await work.RunLongAsync($"SELECT pg_advisory_xact_lock({Work.LockOf("contact")})");

        // Those who change nothing are not touched; whoever adds one of the others meanwhile makes the insert an update
        var (added, updated) = (await work.ListLongAsync<(int Added, int Updated)>(
            $"""
            WITH written AS (
                INSERT INTO contact AS c (email, email_key, name, first_name, last_name, name_key, first_name_key, last_name_key,
                    attributes, created_at, updated_at)
                SELECT s.email, s.email_key, s.name, s.first_name, s.last_name, s.name_key, s.first_name_key, s.last_name_key,
                    s.attributes, {work.Now}, {work.Now}
                FROM staged s LEFT JOIN contact k ON k.email_key = s.email_key
                WHERE k.id IS NULL OR k.email <> s.email OR k.attributes <> k.attributes || s.attributes
                   OR k.name IS DISTINCT FROM coalesce(s.name, k.name)
                   OR k.first_name IS DISTINCT FROM coalesce(s.first_name, k.first_name)
                   OR k.last_name IS DISTINCT FROM coalesce(s.last_name, k.last_name)
                   OR (s.unsubscribed AND k.status <> 1)
                ORDER BY s.id
                ON CONFLICT (email_key) DO UPDATE SET email = excluded.email,
                    name = coalesce(excluded.name, c.name), name_key = coalesce(excluded.name_key, c.name_key),
                    first_name = coalesce(excluded.first_name, c.first_name),
                    first_name_key = coalesce(excluded.first_name_key, c.first_name_key),
                    last_name = coalesce(excluded.last_name, c.last_name),
                    last_name_key = coalesce(excluded.last_name_key, c.last_name_key),
                    attributes = c.attributes || excluded.attributes, updated_at = {work.Now}
                RETURNING xmax = 0 AS added)
            SELECT count(*) FILTER (WHERE added)::integer, count(*) FILTER (WHERE NOT added)::integer FROM written
            """))[0];
        await UnsubscribeAsync(work);
        return new SourceCounts(added, updated, _staged - added - updated, _given - _staged, _refused);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // The connection goes on to serve others; one that broke took the tables with it
            if (Connection.State == ConnectionState.Open)
            {
                await RunAsync(work => work.RunAsync("DROP TABLE IF EXISTS given, staged, audience, newcomer"), CancellationToken.None);
            }
        }
        catch (MailMarketingException)
        {
            // It breaks just now
        }

        await Connection.DisposeAsync();
    }

    private static async Task UnsubscribeAsync(Work work)
    {
        var gone = await work.ListLongAsync<long>(
            """
            WITH gone AS (
                SELECT c.id FROM staged s JOIN contact c ON c.email_key = s.email_key WHERE s.unsubscribed AND c.status <> 1
                ORDER BY c.id FOR NO KEY UPDATE OF c)
            UPDATE contact c SET status = 1 FROM gone WHERE c.id = gone.id RETURNING c.id
            """);
        await Withdrawal.TakeAsync(work, gone, DeliveryState.Suppressed, AudienceRules.Unwanted);
    }

    private Task<int> RunAsync(Func<Work, Task<int>> run, CancellationToken cancellationToken) =>
        _database.ReadAsync(Connection, run, cancellationToken);

    private async Task AddAsync(IAsyncEnumerable<ContactData?> people, CancellationToken cancellationToken)
    {
        await foreach (var part in people.Chunk(Part).WithCancellation(cancellationToken))
        {
            var rows = part.OfType<ContactData>().Select(Row).ToList();
            await RunAsync(work => work.CopyAsync("given", rows), cancellationToken);
            _refused += part.Length - rows.Count;
        }
    }

    private object?[] Row(ContactData person)
    {
        var address = EmailAddress.Parse(person.Email);
        return
        [
            (long)++_given, address.Value, address.Key, person.Name, person.FirstName, person.LastName,
            ContactRow.KeyOf(person.Name), ContactRow.KeyOf(person.FirstName), ContactRow.KeyOf(person.LastName),
            Json.Write(person.Attributes), person.Unsubscribed,
        ];
    }
}

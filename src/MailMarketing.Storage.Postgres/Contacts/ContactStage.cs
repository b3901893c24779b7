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
            attributes     text   NOT NULL
        )
        """;

    // Of equal addresses the last
    private const string Staged = """
        CREATE TEMP TABLE staged AS
        SELECT DISTINCT ON (email_key) id, email, email_key, name, first_name, last_name, name_key, first_name_key, last_name_key,
            attributes::jsonb AS attributes
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
        var updated = await work.RunLongAsync(
            $"""
            UPDATE contact c SET email = s.email, name = coalesce(s.name, c.name), name_key = coalesce(s.name_key, c.name_key),
                first_name = coalesce(s.first_name, c.first_name), first_name_key = coalesce(s.first_name_key, c.first_name_key),
                last_name = coalesce(s.last_name, c.last_name), last_name_key = coalesce(s.last_name_key, c.last_name_key),
                attributes = c.attributes || s.attributes, updated_at = {work.Now}
            FROM staged s
            WHERE c.email_key = s.email_key
              AND (c.email <> s.email OR c.name IS DISTINCT FROM coalesce(s.name, c.name)
                   OR c.first_name IS DISTINCT FROM coalesce(s.first_name, c.first_name)
                   OR c.last_name IS DISTINCT FROM coalesce(s.last_name, c.last_name)
                   OR c.attributes <> c.attributes || s.attributes)
            """);
        var added = await work.RunLongAsync(
            $"""
            INSERT INTO contact (email, email_key, name, first_name, last_name, name_key, first_name_key, last_name_key, attributes,
                created_at, updated_at)
            SELECT email, email_key, name, first_name, last_name, name_key, first_name_key, last_name_key, attributes, {work.Now}, {work.Now}
            FROM staged s WHERE NOT EXISTS (SELECT 1 FROM contact c WHERE c.email_key = s.email_key) ORDER BY id
            """);
        return new SourceCounts(added, updated, _staged - added - updated, _given - _staged, _refused);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // The connection goes on to serve others; one that broke took the tables with it
            if (Connection.State == ConnectionState.Open)
            {
                await RunAsync(work => work.RunAsync("DROP TABLE IF EXISTS given, staged"), CancellationToken.None);
            }
        }
        catch (MailMarketingException)
        {
            // It breaks just now
        }

        await Connection.DisposeAsync();
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
            Json.Write(person.Attributes),
        ];
    }
}

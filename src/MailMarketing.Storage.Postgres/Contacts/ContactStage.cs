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

        var counts = await ContactMerge.RunAsync(work);
        return new SourceCounts(counts.Added, counts.Updated, _staged - counts.Added - counts.Updated, _given - _staged, _refused);
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
            JsonAttributes.TextOf(person.Attributes), person.Unsubscribed,
        ];
    }
}

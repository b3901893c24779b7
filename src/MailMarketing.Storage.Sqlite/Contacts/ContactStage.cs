using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace MailMarketing.Storage.Sqlite;

/// <summary>
/// People on their way to be contacts: a temporary table on a connection of its own. Filling it locks nothing that others wait for, and it
/// goes with the connection, even where the process dies.
/// </summary>
internal sealed class ContactStage : IDisposable
{
    private const string Table = """
        CREATE TEMP TABLE staged (
            id         INTEGER PRIMARY KEY,
            email      TEXT NOT NULL,
            email_key  TEXT NOT NULL UNIQUE,
            name       TEXT,
            first_name TEXT,
            last_name  TEXT,
            attributes TEXT NOT NULL,
            unsubscribed INTEGER NOT NULL
        )
        """;

    private readonly SqliteDatabase _database;
    private int _given;
    private int _refused;

    private ContactStage(SqliteDatabase database, SqliteConnection connection) => (_database, Connection) = (database, connection);

    /// <summary>Where the table is.</summary>
    public SqliteConnection Connection { get; }

    /// <summary>Reads people to the end; of equal addresses the last stays. A null is one refused, and only counted.</summary>
    public static async Task<ContactStage> FillAsync(
        SqliteDatabase database, IAsyncEnumerable<ContactData?>? people, CancellationToken cancellationToken)
    {
        var stage = new ContactStage(database, await database.OpenAsync(cancellationToken));
        try
        {
            database.Guard(() => stage.Connection.Run(Table));
            stage.Connection.CreateFunction<string, string, string>("merged", Merged, isDeterministic: true);
            stage.Connection.CreateFunction<string, string?, string?, string?, string>(
                "searched", ContactRow.SearchText, isDeterministic: true);
            if (people is not null)
            {
                await stage.AddAsync(people, cancellationToken);
            }

            return stage;
        }
        catch
        {
            stage.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Adds or updates contacts by address, in the caller's transaction. What is not said of a person leaves what is stored.
    /// </summary>
    public SourceCounts Merge(long now)
    {
        // The plus keeps SQLite from reading all contacts to find the few that are staged
        var updated = Connection.Execute(
            """
            UPDATE contact AS c SET email = s.email, name = coalesce(s.name, c.name), first_name = coalesce(s.first_name, c.first_name),
                last_name = coalesce(s.last_name, c.last_name), attributes = merged(c.attributes, s.attributes),
                search = searched(
                    c.email_key, coalesce(s.name, c.name), coalesce(s.first_name, c.first_name), coalesce(s.last_name, c.last_name)),
                updated_at = @now
            FROM staged s
            WHERE c.email_key = +s.email_key
              AND (s.email <> c.email OR coalesce(s.name, c.name) IS NOT c.name OR coalesce(s.first_name, c.first_name) IS NOT c.first_name
                   OR coalesce(s.last_name, c.last_name) IS NOT c.last_name OR merged(c.attributes, s.attributes) <> c.attributes
                   OR s.unsubscribed AND c.status <> @unsubscribed)
            """,
            new { now, unsubscribed = ConsentStatus.Unsubscribed });
        var added = Connection.Execute(
            """
            INSERT INTO contact (email, email_key, name, first_name, last_name, attributes, search, created_at, updated_at)
            SELECT email, email_key, name, first_name, last_name, attributes, searched(email_key, name, first_name, last_name), @now, @now
            FROM staged s WHERE NOT EXISTS (SELECT 1 FROM contact c WHERE c.email_key = s.email_key) ORDER BY id
            """,
            new { now });
        var staged = Connection.ExecuteScalar<int>("SELECT count(*) FROM staged");
        Unsubscribe(now);
        return new SourceCounts(added, updated, staged - added - updated, _given - staged, _refused);
    }

    /// <summary>What is known, changed by what is said; the same text where that changes nothing.</summary>
    public static string Merged(string known, string said)
    {
        if (said == "{}")
        {
            return known;
        }

        var (attributes, changed) = (Json.Read<Dictionary<string, JsonElement>>(known), false);
        foreach (var (name, value) in Json.Read<Dictionary<string, JsonElement>>(said))
        {
            changed |= !attributes.TryGetValue(name, out var old) || !JsonElement.DeepEquals(old, value);
            attributes[name] = value;
        }

        return changed ? Json.Write(attributes) : known;
    }

    public void Dispose() => Connection.Dispose();

    private void Unsubscribe(long now)
    {
        var gone = Connection.Query<long>(
            """
            UPDATE contact SET status = @unsubscribed
            WHERE status <> @unsubscribed AND email_key IN (SELECT email_key FROM staged WHERE unsubscribed) RETURNING id
            """,
            new { unsubscribed = ConsentStatus.Unsubscribed }).AsList();
        foreach (var contact in gone)
        {
            Withdrawal.Take(Connection, contact, DeliveryState.Suppressed, AudienceRules.Unwanted, now);
        }
    }

    private async Task AddAsync(IAsyncEnumerable<ContactData?> people, CancellationToken cancellationToken)
    {
        using var add = Connection.Prepared(
            """
            INSERT OR REPLACE INTO staged (email, email_key, name, first_name, last_name, attributes, unsubscribed)
            VALUES (@email, @key, @name, @first, @last, @attributes, @unsubscribed)
            """,
            "@email", "@key", "@name", "@first", "@last", "@attributes", "@unsubscribed");
        _database.Guard(() => Connection.Run("BEGIN"));
        await foreach (var person in people.WithCancellation(cancellationToken))
        {
            if (person is null)
            {
                _refused++;
                continue;
            }

            var address = EmailAddress.Parse(person.Email);
            _database.Guard(() => add.RunWith(
                address.Value, address.Key, person.Name, person.FirstName, person.LastName, JsonAttributes.TextOf(person.Attributes),
                person.Unsubscribed));
            _given++;
        }

        _database.Guard(() => Connection.Run("COMMIT"));
    }
}

using System.Runtime.CompilerServices;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace MailMarketing.Storage.Sqlite;

/// <summary>Audiences one by one, and what dry runs of them came to.</summary>
internal sealed partial class SqliteCampaignStore
{
    private const int Part = 1000;

    // As the start would find them once it has taken in what the source says of them
    private const string Contacts = """
        SELECT c.id AS Place, c.id, coalesce(s.email, c.email) AS Email, coalesce(s.name, c.name) AS Name,
            coalesce(s.first_name, c.first_name) AS FirstName, coalesce(s.last_name, c.last_name) AS LastName,
            merged(c.attributes, coalesce(s.attributes, '{}')) AS Attributes, max(c.status, coalesce(s.unsubscribed, 0)) AS Status,
            EXISTS (SELECT 1 FROM suppression p WHERE p.email_key = c.email_key) AS Suppressed
        FROM audience a JOIN contact c ON c.id = a.id LEFT JOIN staged s ON s.email_key = c.email_key
        WHERE a.id > @after ORDER BY a.id LIMIT @Part
        """;

    private const string Newcomers = """
        SELECT s.id AS Place, 0 AS Id, s.email, s.name, s.first_name AS FirstName, s.last_name AS LastName, s.attributes,
            s.unsubscribed AS Status, EXISTS (SELECT 1 FROM suppression p WHERE p.email_key = s.email_key) AS Suppressed
        FROM staged s
        WHERE s.id > @after AND NOT EXISTS (SELECT 1 FROM contact c WHERE c.email_key = s.email_key) ORDER BY s.id LIMIT @Part
        """;

    public async IAsyncEnumerable<AudienceMember> ReadAudienceAsync(
        CampaignDraft draft, IAsyncEnumerable<ContactData?>? people, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stage = await ContactStage.FillAsync(database, people, cancellationToken);

        // Settled once: each part would search the segments again
        database.Guard(() =>
        {
            stage.Connection.Run("CREATE TEMP TABLE audience (id INTEGER PRIMARY KEY)");
            return stage.Connection.Execute(
                $"INSERT INTO audience SELECT c.id FROM contact c WHERE {Audience} ORDER BY c.id", AudienceOf(draft));
        });
        var contacts = Read(stage.Connection, Contacts, cancellationToken);
        foreach (var member in contacts.Concat(Read(stage.Connection, Newcomers, cancellationToken)))
        {
            yield return member;
        }
    }

    public Task SaveDryRunAsync(long id, DryRun run, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.Execute("UPDATE campaign SET dry_run = @run WHERE id = @id", new { id, run = Json.Write(run) }),
        cancellationToken);

    private IEnumerable<AudienceMember> Read(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        for (var after = 0L; ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = database.Guard(() => connection.Query<MemberRow>(sql, new { after, Part }).AsList());
            foreach (var row in rows)
            {
                yield return row.ToMember();
            }

            if (rows.Count < Part)
            {
                yield break;
            }

            after = rows[^1].Place;
        }
    }

    private sealed class MemberRow
    {
        public long Place { get; init; }

        public long Id { get; init; }

        public string Email { get; init; } = "";

        public string? Name { get; init; }

        public string? FirstName { get; init; }

        public string? LastName { get; init; }

        public string Attributes { get; init; } = "{}";

        public long Status { get; init; }

        public bool Suppressed { get; init; }

        public AudienceMember ToMember() => new(
            new Contact
            {
                Id = Id,
                Email = Email,
                Name = Name,
                FirstName = FirstName,
                LastName = LastName,
                Attributes = Json.Read<Dictionary<string, JsonElement>>(Attributes),
                Status = (ConsentStatus)Status,
            },
            AudienceRules.Withheld((ConsentStatus)Status, Suppressed));
    }
}

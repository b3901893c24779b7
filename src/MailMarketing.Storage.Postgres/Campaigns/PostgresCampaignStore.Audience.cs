using System.Runtime.CompilerServices;
using Npgsql;

namespace MailMarketing.Storage.Postgres;

/// <summary>Audiences one by one, and what dry runs of them came to.</summary>
internal sealed partial class PostgresCampaignStore
{
    private const int Part = 2000;

    // As the start would find them once it has taken in what the source says of them
    private const string Contacts = """
        SELECT c.id AS Place, c.id, coalesce(s.email, c.email) AS Email, coalesce(s.name, c.name) AS Name,
            coalesce(s.first_name, c.first_name) AS FirstName, coalesce(s.last_name, c.last_name) AS LastName,
            CASE WHEN s.id IS NULL THEN c.attributes ELSE c.attributes || s.attributes END AS Attributes,
            CASE WHEN s.unsubscribed THEN 1 ELSE c.status END AS Status,
            EXISTS (SELECT 1 FROM suppression p WHERE p.email_key = c.email_key) AS Suppressed
        FROM audience a JOIN contact c ON c.id = a.id LEFT JOIN staged s ON s.email_key = c.email_key
        WHERE a.id > @after ORDER BY a.id LIMIT @Part
        """;

    private const string Newcomers = """
        SELECT s.id AS Place, 0::bigint AS Id, s.email, s.name, s.first_name AS FirstName, s.last_name AS LastName, s.attributes,
            CASE WHEN s.unsubscribed THEN 1 ELSE 0 END AS Status,
            EXISTS (SELECT 1 FROM suppression p WHERE p.email_key = s.email_key) AS Suppressed
        FROM newcomer n JOIN staged s ON s.id = n.id
        WHERE n.id > @after ORDER BY n.id LIMIT @Part
        """;

    public async IAsyncEnumerable<AudienceMember> ReadAudienceAsync(
        CampaignDraft draft, IAsyncEnumerable<ContactData?>? people, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stage = await ContactStage.FillAsync(database, people, cancellationToken);
        await database.ReadAsync(stage.Connection, work => SettleAsync(work, draft, people is not null), cancellationToken);
        foreach (var sql in new[] { Contacts, Newcomers })
        {
            await foreach (var member in ReadAsync(stage.Connection, sql, cancellationToken))
            {
                yield return member;
            }
        }
    }

    public Task SaveDryRunAsync(long id, DryRun run, CancellationToken cancellationToken) => database.WriteAsync(
        work => work.RunAsync("UPDATE campaign SET dry_run = @run WHERE id = @id", new { id, run = Json.Write(run) }), cancellationToken);

    // Once: each part would search the segments again
    private static async Task<int> SettleAsync(Work work, CampaignDraft draft, bool hasSource)
    {
        await work.RunLongAsync(
            $"CREATE TEMP TABLE audience AS SELECT c.id FROM contact c WHERE {Audience(draft, hasSource)}",
            new { segments = draft.SegmentIds.ToArray(), excluded = draft.ExcludeSegmentIds.ToArray() });
        return await work.RunLongAsync(
            """
            CREATE TEMP TABLE newcomer AS
            SELECT s.id FROM staged s WHERE NOT EXISTS (SELECT 1 FROM contact c WHERE c.email_key = s.email_key);
            ALTER TABLE audience ADD PRIMARY KEY (id);
            ALTER TABLE newcomer ADD PRIMARY KEY (id);
            CREATE INDEX staged_key ON staged (email_key);
            CREATE INDEX staged_id ON staged (id);
            ANALYZE audience;
            ANALYZE newcomer;
            """);
    }

    private async IAsyncEnumerable<AudienceMember> ReadAsync(
        NpgsqlConnection connection, string sql, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var after = 0L; ;)
        {
            var from = after;
            var rows = await database.ReadAsync(
                connection, work => work.ListLongAsync<MemberRow>(sql, new { after = from, Part }), cancellationToken);
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

        public ConsentStatus Status { get; init; }

        public bool Suppressed { get; init; }

        public AudienceMember ToMember() => new(
            new Contact
            {
                Id = Id,
                Email = Email,
                Name = Name,
                FirstName = FirstName,
                LastName = LastName,
                Attributes = Json.Read<Dictionary<string, System.Text.Json.JsonElement>>(Attributes),
                Status = Status,
            },
            AudienceRules.Withheld(Status, Suppressed));
    }
}

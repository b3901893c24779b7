using Dapper;

namespace MailMarketing.Storage.Sqlite;

/// <summary>The audit log; triggers keep entries as they are.</summary>
internal sealed class SqliteAuditStore(SqliteDatabase database) : IAuditStore
{
    private const char List = 'a';

    public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.Execute(
            """
            INSERT INTO audit (at, actor, address, action, subject, before, after, search)
            VALUES (@at, @Actor, @Address, @Action, @Subject, @Before, @After, @search)
            """,
            new
            {
                at = entry.At.ToUnixTimeMilliseconds(), entry.Actor, entry.Address, entry.Action, entry.Subject, entry.Before, entry.After,
                search = Paging.Fold($"{entry.Actor}\n{entry.Action}\n{entry.Subject}"),
            }),
        cancellationToken);

    public Task<Page<AuditEntry>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        var parameters = new { after = page.After(List), pattern = page.Pattern(), limit = page.Limit + 1 };
        return database.ReadAsync(
            connection => connection.Query<Row>(
                    $"""
                    SELECT id, at, actor, address, action, subject, before, after FROM audit
                    WHERE {page.Following("id")} AND (@pattern IS NULL OR search LIKE @pattern ESCAPE '\') {page.Order("id")} LIMIT @limit
                    """,
                    parameters)
                .Select(row => row.ToEntry()).ToList().ToPage(page, List, entry => entry.Id),
            cancellationToken);
    }

    private sealed record Row(
        long Id, long At, string Actor, string? Address, string Action, string? Subject, string? Before, string? After)
    {
        public AuditEntry ToEntry() => new()
        {
            Id = Id, At = DateTimeOffset.FromUnixTimeMilliseconds(At), Actor = Actor, Address = Address, Action = Action, Subject = Subject,
            Before = Before, After = After,
        };
    }
}

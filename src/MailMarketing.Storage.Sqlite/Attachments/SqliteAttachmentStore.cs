using Dapper;
using Microsoft.Data.Sqlite;

namespace MailMarketing.Storage.Sqlite;

/// <summary>Files that emails carry: a marketing side's, or in the queue's own file those of the jobs that it took.</summary>
internal sealed class SqliteAttachmentStore(SqliteDatabase database) : IAttachmentStore
{
    private const long Day = 24 * 60 * 60 * 1000;

    // What is stored as JSON is searched as text first, since next to nothing of it names a file
    private const string Named = """
        SELECT json_extract(a.value, '$.Hash') FROM template_version v, json_each(v.source, '$.Attachments') a
        WHERE v.source LIKE '%"Attachments":[{%' AND a.type = 'object'
        UNION ALL
        SELECT json_extract(a.value, '$.Hash') FROM campaign c, json_each(c.draft, '$.Attachments') a
        WHERE c.draft LIKE '%"Attachments":[{%' AND a.type = 'object'
        UNION ALL
        SELECT json_extract(a.value, '$.Hash') FROM campaign c, json_each(c.content, '$.Attachments') a
        WHERE c.content LIKE '%"Attachments":[{%' AND a.type = 'object'
        """;

    public Task AddAsync(string hash, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            Add(connection, hash, content, database.Now);
            return connection.Execute(
                $"DELETE FROM attachment WHERE stored_at < @before AND hash NOT IN ({Named})", new { before = database.Now - Day });
        },
        cancellationToken);

    public Task<byte[]?> ReadAsync(string hash, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.QuerySingleOrDefault<byte[]>("SELECT content FROM attachment WHERE hash = @hash", new { hash }),
        cancellationToken);

    public Task<long?> FindSizeAsync(string hash, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.QuerySingleOrDefault<long?>("SELECT length(content) FROM attachment WHERE hash = @hash", new { hash }),
        cancellationToken);

    /// <summary>Stores content, or makes what is there as young as if it had just been stored.</summary>
    internal static void Add(SqliteConnection connection, string hash, ReadOnlyMemory<byte> content, long now)
    {
        if (connection.Execute("UPDATE attachment SET stored_at = @now WHERE hash = @hash", new { hash, now }) == 0)
        {
            connection.Execute(
                "INSERT INTO attachment (hash, content, stored_at) VALUES (@hash, @content, @now)",
                new { hash, content = content.ToArray(), now });
        }
    }
}

namespace MailMarketing.Storage.Postgres;

/// <summary>Files that emails carry: a marketing side's, or in the queue's own schema those of the jobs that it took.</summary>
internal sealed class PostgresAttachmentStore(PostgresDatabase database) : IAttachmentStore
{
    // What is stored as JSON is searched as text first, since next to nothing of it names a file
    private const string Named = """
        SELECT a ->> 'Hash' FROM (
            SELECT source AS data FROM template_version WHERE source LIKE '%"Attachments":[{%'
            UNION ALL SELECT draft FROM campaign WHERE draft LIKE '%"Attachments":[{%'
            UNION ALL SELECT content FROM campaign WHERE content LIKE '%"Attachments":[{%') AS named
        CROSS JOIN LATERAL json_array_elements(
            CASE json_typeof(data::json -> 'Attachments') WHEN 'array' THEN data::json -> 'Attachments' ELSE '[]' END) AS a
        WHERE a ->> 'Hash' IS NOT NULL
        """;

    public Task AddAsync(string hash, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => database.WriteAsync(
        async work =>
        {
            await AddAsync(work, hash, content);
            return await work.RunAsync(
                $"DELETE FROM attachment WHERE stored_at < {work.Now} - interval '1 day' AND hash NOT IN ({Named})");
        },
        cancellationToken);

    public Task<byte[]?> ReadAsync(string hash, CancellationToken cancellationToken) => database.ReadAsync(
        work => work.FirstAsync<byte[]>("SELECT content FROM attachment WHERE hash = @hash", new { hash }), cancellationToken);

    public Task<long?> FindSizeAsync(string hash, CancellationToken cancellationToken) => database.ReadAsync(
        work => work.FirstAsync<long?>("SELECT length(content)::bigint FROM attachment WHERE hash = @hash", new { hash }), cancellationToken);

    /// <summary>Stores content, or makes what is there as young as if it had just been stored.</summary>
    internal static async Task AddAsync(Work work, string hash, ReadOnlyMemory<byte> content)
    {
        if (await work.RunAsync($"UPDATE attachment SET stored_at = {work.Now} WHERE hash = @hash", new { hash }) == 0)
        {
            await work.RunAsync(
                $"INSERT INTO attachment (hash, content, stored_at) VALUES (@hash, @content, {work.Now}) ON CONFLICT DO NOTHING",
                new { hash, content = content.ToArray() });
        }
    }
}

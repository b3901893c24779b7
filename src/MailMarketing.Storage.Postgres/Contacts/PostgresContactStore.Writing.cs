namespace MailMarketing.Storage.Postgres;

/// <summary>Contacts in bulk, and how imports of them fare.</summary>
internal sealed partial class PostgresContactStore
{
    private readonly NewcomerGuess _guess = new();

    public async Task<UpsertCounts> UpsertAsync(IReadOnlyList<ContactData> contacts, long? segmentId, CancellationToken cancellationToken)
    {
        var batch = ContactBatch.Of(contacts);
        var tries = 0;
        return await database.WriteAsync(
            async work =>
            {
                if (segmentId is not null
                    && await work.FirstAsync<int?>("SELECT 1 FROM segment WHERE id = @segmentId FOR KEY SHARE", new { segmentId }) is null)
                {
                    throw new MailMarketingException($"There is no segment {segmentId}; nothing was written.");
                }

                var counts = await batch.WriteAsync(work, _guess, tries++);
                if (segmentId is not null)
                {
                    await work.RunLongAsync(
                        """
                        INSERT INTO segment_member (segment_id, contact_id)
                        SELECT @segmentId, id FROM contact WHERE email_key = ANY(@Keys) ORDER BY id
                        ON CONFLICT DO NOTHING
                        """,
                        new { segmentId, batch.Keys });
                }

                return counts;
            },
            cancellationToken);
    }

    public Task<ContactImport> SaveImportAsync(ContactImport import, CancellationToken cancellationToken) => database.WriteAsync(
        async work =>
        {
            if (import.Id == 0)
            {
                var id = await work.FirstAsync<long>(
                    "INSERT INTO contact_import (data) VALUES (@data) RETURNING id", new { data = Json.Write(import) });
                return import with { Id = id };
            }

            await work.RunAsync(
                "INSERT INTO contact_import (id, data) VALUES (@Id, @data) ON CONFLICT (id) DO UPDATE SET data = excluded.data",
                new { import.Id, data = Json.Write(import) });
            return import;
        },
        cancellationToken);

    public Task<ContactImport?> GetImportAsync(long id, CancellationToken cancellationToken) => database.ReadAsync(
        async work => await work.FirstAsync<string?>("SELECT data FROM contact_import WHERE id = @id", new { id }) is { } data
            ? Json.Read<ContactImport>(data) with { Id = id }
            : null,
        cancellationToken);
}

namespace MailMarketing.Storage.Postgres;

/// <summary>Contacts in bulk, and how imports of them fare.</summary>
internal sealed partial class PostgresContactStore
{
    public Task<UpsertCounts> UpsertAsync(IReadOnlyList<ContactData> contacts, long? segmentId, CancellationToken cancellationToken)
    {
        // In the order of the keys: two imports of the same people do not wait for each other in a ring
        var last = new SortedDictionary<string, (EmailAddress Address, ContactData Data)>(StringComparer.Ordinal);
        foreach (var contact in contacts)
        {
            var address = EmailAddress.Parse(contact.Email);
            last[address.Key] = (address, contact);
        }

        return database.WriteAsync(
            async work =>
            {
                if (segmentId is not null
                    && await work.FirstAsync<int?>("SELECT 1 FROM segment WHERE id = @segmentId FOR KEY SHARE", new { segmentId }) is null)
                {
                    throw new MailMarketingException($"There is no segment {segmentId}; nothing was written.");
                }

                var written = await WriteAsync(work, last.Values);
                if (segmentId is not null)
                {
                    await work.RunAsync(
                        """
                        INSERT INTO segment_member (segment_id, contact_id)
                        SELECT @segmentId, c.id FROM unnest(@keys) AS k (key) JOIN contact c ON c.email_key = k.key ORDER BY c.id
                        ON CONFLICT DO NOTHING
                        """,
                        new { segmentId, keys = last.Keys.ToArray() });
                }

                var added = written.Count(isNew => isNew);
                return new UpsertCounts(added, written.Count - added, last.Count - written.Count);
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

    /// <summary>
    /// Adds and merges by one statement; for each contact written says whether it is new. What would not change is not written.
    /// </summary>
    private static Task<List<bool>> WriteAsync(Work work, IReadOnlyCollection<(EmailAddress Address, ContactData Data)> rows) =>
        work.ListAsync<bool>(
            $"""
            INSERT INTO contact AS c (email, email_key, name, first_name, last_name, name_key, first_name_key, last_name_key, attributes,
                created_at, updated_at)
            SELECT r.*, {work.Now}, {work.Now}
            FROM unnest(
                @emails, @keys, @names, @firstNames, @lastNames, @nameKeys, @firstNameKeys, @lastNameKeys, @attributes::jsonb[]) AS r
            ON CONFLICT (email_key) DO UPDATE SET email = excluded.email,
                name = coalesce(excluded.name, c.name), name_key = coalesce(excluded.name_key, c.name_key),
                first_name = coalesce(excluded.first_name, c.first_name),
                first_name_key = coalesce(excluded.first_name_key, c.first_name_key),
                last_name = coalesce(excluded.last_name, c.last_name), last_name_key = coalesce(excluded.last_name_key, c.last_name_key),
                attributes = c.attributes || excluded.attributes, updated_at = {work.Now}
            WHERE c.email <> excluded.email
               OR c.name IS DISTINCT FROM coalesce(excluded.name, c.name)
               OR c.first_name IS DISTINCT FROM coalesce(excluded.first_name, c.first_name)
               OR c.last_name IS DISTINCT FROM coalesce(excluded.last_name, c.last_name)
               OR c.attributes <> c.attributes || excluded.attributes
            RETURNING xmax = 0
            """,
            new
            {
                emails = rows.Column(row => row.Address.Value),
                keys = rows.Column(row => row.Address.Key),
                names = rows.Column(row => row.Data.Name),
                firstNames = rows.Column(row => row.Data.FirstName),
                lastNames = rows.Column(row => row.Data.LastName),
                nameKeys = rows.Column(row => KeyOf(row.Data.Name)),
                firstNameKeys = rows.Column(row => KeyOf(row.Data.FirstName)),
                lastNameKeys = rows.Column(row => KeyOf(row.Data.LastName)),
                attributes = rows.Column(row => Json.Write(row.Data.Attributes)),
            });
}

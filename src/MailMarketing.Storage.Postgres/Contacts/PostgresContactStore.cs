namespace MailMarketing.Storage.Postgres;

/// <summary>Contacts one by one and in pages.</summary>
internal sealed partial class PostgresContactStore(PostgresDatabase database) : IContactStore
{
    private const char List = 'c';

    public Task<Result<Contact>> AddAsync(ContactData contact, CancellationToken cancellationToken)
    {
        var address = EmailAddress.Parse(contact.Email);
        return database.WriteAsync<Result<Contact>>(
            async work =>
            {
                var id = await work.FirstAsync<long?>(
                    $"""
                    INSERT INTO contact (email, email_key, name, first_name, last_name, name_key, first_name_key, last_name_key, attributes,
                        status, created_at, updated_at)
                    VALUES (@Email, @Key, @Name, @FirstName, @LastName, @nameKey, @firstNameKey, @lastNameKey, @attributes::jsonb,
                        CASE WHEN @Unsubscribed THEN 1 ELSE 0 END, {work.Now}, {work.Now})
                    ON CONFLICT (email_key) DO NOTHING RETURNING id
                    """,
                    Parameters(0, contact, address));
                work.Moves.AddContacts(id is null ? 0 : 1);
                return id is null ? Taken(address) : (await GetAsync(work, id.Value))!;
            },
            cancellationToken);
    }

    public Task<Contact?> GetAsync(long id, CancellationToken cancellationToken) =>
        database.ReadAsync(work => GetAsync(work, id), cancellationToken);

    public Task<Result<Contact>> UpdateAsync(long id, ContactData contact, CancellationToken cancellationToken)
    {
        var address = EmailAddress.Parse(contact.Email);
        return database.WriteAsync<Result<Contact>>(
            async work =>
            {
                if (await work.FirstAsync<bool>(
                        """
                        SELECT EXISTS (SELECT 1 FROM contact WHERE email_key = @Key AND id <> @id)
                           AND EXISTS (SELECT 1 FROM contact WHERE id = @id)
                        """,
                        new { id, address.Key }))
                {
                    return Taken(address);
                }

                var changed = await work.RunAsync(
                    $"""
                    UPDATE contact SET email = @Email, email_key = @Key, name = @Name, first_name = @FirstName, last_name = @LastName,
                        name_key = @nameKey, first_name_key = @firstNameKey, last_name_key = @lastNameKey, attributes = @attributes::jsonb,
                        updated_at = {work.Now}
                    WHERE id = @id
                    """,
                    Parameters(id, contact, address));
                if (changed == 0)
                {
                    return Problem.NotFound("contact", id);
                }

                if (contact.Unsubscribed)
                {
                    await SetConsentAsync(work, id, ConsentStatus.Unsubscribed);
                }

                return (await GetAsync(work, id))!;
            },
            cancellationToken);
    }

    public Task<bool> DeleteAsync(long id, CancellationToken cancellationToken) => database.WriteAsync(
        async work =>
        {
            if (await work.RunAsync("DELETE FROM contact WHERE id = @id", new { id }) == 0)
            {
                return false;
            }

            work.Moves.AddContacts(-1);

            // The rows first: a claim that freezes the contact just now holds them, and its block is seen only once it is done
            var frozen = await work.ListAsync<(long Id, long? Block)>(
                """
                WITH picked AS (SELECT id, block_id FROM delivery WHERE contact_id = @id ORDER BY id FOR UPDATE)
                UPDATE delivery d SET email = NULL, block_id = NULL FROM picked p WHERE d.id = p.id RETURNING d.id, p.block_id
                """,
                new { id });
            await work.RunAsync(
                """
                WITH picked AS (
                    SELECT b.id, f.delivery FROM delivery_block b JOIN unnest(@blocks, @deliveries) AS f (block, delivery) ON f.block = b.id
                    ORDER BY b.id FOR UPDATE OF b)
                UPDATE delivery_block b SET data = (b.data::jsonb - p.delivery::text)::text FROM picked p WHERE b.id = p.id
                """,
                new { blocks = frozen.Column(row => row.Block), deliveries = frozen.Column(row => row.Id) });
            await Withdrawal.TakeAsync(work, [id], DeliveryState.Cancelled, "The contact was deleted.");
            return true;
        },
        cancellationToken);

    public Task<Page<Contact>> ListAsync(ContactQuery query, CancellationToken cancellationToken)
    {
        var address = query.AddressKey();
        var parameters = new { after = query.After(List), pattern = query.Pattern(), query.SegmentId, address, limit = query.Limit + 1 };
        var members = query.SegmentId is null
            ? ""
            : "AND EXISTS (SELECT 1 FROM segment_member m WHERE m.segment_id = @SegmentId AND m.contact_id = c.id)";
        return database.ReadAsync(
            async work =>
            {
                var rows = address is null ? [] : await FindAsync(work, "c.email_key = @address");
                if (rows.Count == 0)
                {
                    rows = await FindAsync(
                        work,
                        """
                        (@pattern IS NULL OR c.email_key LIKE @pattern OR c.name_key LIKE @pattern
                            OR c.first_name_key LIKE @pattern OR c.last_name_key LIKE @pattern)
                        """);
                }

                return rows.ConvertAll(row => row.ToContact()).ToPage(query, List, contact => contact.Id);
            },
            cancellationToken);

        Task<List<ContactRow>> FindAsync(Work work, string condition) => work.ListAsync<ContactRow>(
            $"""
            SELECT {ContactRow.Columns} FROM contact c WHERE {query.Following("c.id")} {members} AND {condition}
            {query.Order("c.id")} LIMIT @limit
            """,
            parameters);
    }

    public Task<long> CountAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(work => work.FirstAsync<long>("SELECT sum(n)::bigint FROM contact_count"), cancellationToken);

    public Task<bool> SetConsentAsync(long id, ConsentStatus status, CancellationToken cancellationToken) =>
        database.WriteAsync(work => SetConsentAsync(work, id, status), cancellationToken);

    private static async Task<bool> SetConsentAsync(Work work, long id, ConsentStatus status)
    {
        if (await work.RunAsync(
                $"""
                UPDATE contact SET updated_at = CASE WHEN status = @status THEN updated_at ELSE {work.Now} END, status = @status
                WHERE id = @id
                """,
                new { id, status }) == 0)
        {
            return false;
        }

        if (status != ConsentStatus.Subscribed)
        {
            await Withdrawal.TakeAsync(work, [id], DeliveryState.Suppressed, AudienceRules.Unwanted);
        }

        return true;
    }

    private static Problem Taken(EmailAddress address) =>
        Problem.Conflict("email", $"There is a contact with the address {address.Value} already; change that one.");

    private static async Task<Contact?> GetAsync(Work work, long id) =>
        (await work.FirstAsync<ContactRow>($"SELECT {ContactRow.Columns} FROM contact c WHERE c.id = @id", new { id }))?.ToContact();

    private static object Parameters(long id, ContactData contact, EmailAddress address) => new
    {
        id,
        Email = address.Value,
        address.Key,
        contact.Name,
        contact.FirstName,
        contact.LastName,
        nameKey = ContactRow.KeyOf(contact.Name),
        firstNameKey = ContactRow.KeyOf(contact.FirstName),
        contact.Unsubscribed,
        lastNameKey = ContactRow.KeyOf(contact.LastName),
        attributes = JsonAttributes.TextOf(contact.Attributes),
    };
}

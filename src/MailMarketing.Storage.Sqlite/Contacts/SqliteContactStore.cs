using Dapper;
using Microsoft.Data.Sqlite;

namespace MailMarketing.Storage.Sqlite;

/// <summary>Contacts one by one and in pages.</summary>
internal sealed partial class SqliteContactStore(SqliteDatabase database) : IContactStore
{
    private const char List = 'c';

    public Task<Result<Contact>> AddAsync(ContactData contact, CancellationToken cancellationToken)
    {
        var address = EmailAddress.Parse(contact.Email);
        return database.WriteAsync<Result<Contact>>(
            connection =>
            {
                if (Find(connection, address.Key) is not null)
                {
                    return Taken(address);
                }

                return Get(connection, Insert(connection, contact, address, database.Now))!;
            },
            cancellationToken);
    }

    public Task<Contact?> GetAsync(long id, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => Get(connection, id), cancellationToken);

    public Task<Result<Contact>> UpdateAsync(long id, ContactData contact, CancellationToken cancellationToken)
    {
        var address = EmailAddress.Parse(contact.Email);
        return database.WriteAsync<Result<Contact>>(
            connection =>
            {
                if (Get(connection, id) is null)
                {
                    return Problem.NotFound("contact", id);
                }

                if (Find(connection, address.Key) is { } other && other.Id != id)
                {
                    return Taken(address);
                }

                Update(connection, id, contact, address, database.Now);
                if (contact.Unsubscribed)
                {
                    SetConsent(connection, id, ConsentStatus.Unsubscribed);
                }

                return Get(connection, id)!;
            },
            cancellationToken);
    }

    public Task<bool> DeleteAsync(long id, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            if (connection.Execute("DELETE FROM contact WHERE id = @id", new { id }) == 0)
            {
                return false;
            }

            connection.Execute(
                """
                UPDATE delivery_block SET data = (
                    SELECT json_group_object(field.key, json(field.value)) FROM json_each(delivery_block.data) AS field
                    WHERE CAST(field.key AS INTEGER) NOT IN (SELECT d.id FROM delivery d WHERE d.contact_id = @id))
                WHERE id IN (SELECT block_id FROM delivery WHERE contact_id = @id AND block_id IS NOT NULL);
                UPDATE delivery SET email = NULL, block_id = NULL WHERE contact_id = @id;
                """,
                new { id });
            Withdrawal.Take(connection, id, DeliveryState.Cancelled, "The contact was deleted.", database.Now);
            return true;
        },
        cancellationToken);

    public Task<Page<Contact>> ListAsync(ContactQuery query, CancellationToken cancellationToken)
    {
        var address = query.AddressKey();
        var parameters = new { after = query.After(List), pattern = query.Pattern(), query.SegmentId, address, limit = query.Limit + 1 };
        return database.ReadAsync(
            connection =>
            {
                var rows = address is null ? [] : Find(connection, "c.email_key = @address");
                if (rows.Count == 0)
                {
                    rows = Find(connection, @"(@pattern IS NULL OR c.search LIKE @pattern ESCAPE '\')");
                }

                return rows.ConvertAll(row => row.ToContact()).ToPage(query, List, contact => contact.Id);
            },
            cancellationToken);

        List<ContactRow> Find(SqliteConnection connection, string condition) => connection.Query<ContactRow>(
            $"""
            SELECT {ContactRow.Columns} FROM contact c WHERE {query.Following("c.id")} AND {condition}
              AND (@SegmentId IS NULL OR EXISTS (SELECT 1 FROM segment_member m WHERE m.segment_id = @SegmentId AND m.contact_id = c.id))
            {query.Order("c.id")} LIMIT @limit
            """,
            parameters).AsList();
    }

    public Task<long> CountAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM contact"), cancellationToken);

    public Task<bool> SetConsentAsync(long id, ConsentStatus status, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => SetConsent(connection, id, status), cancellationToken);

    private bool SetConsent(SqliteConnection connection, long id, ConsentStatus status)
    {
        var now = database.Now;
        if (connection.Execute(
                "UPDATE contact SET updated_at = CASE WHEN status = @status THEN updated_at ELSE @now END, status = @status WHERE id = @id",
                new { id, status, now }) == 0)
        {
            return false;
        }

        if (status != ConsentStatus.Subscribed)
        {
            Withdrawal.Take(connection, id, DeliveryState.Suppressed, AudienceRules.Unwanted, now);
        }

        return true;
    }

    private static Problem Taken(EmailAddress address) =>
        Problem.Conflict("email", $"There is a contact with the address {address.Value} already; change that one.");

    private static Contact? Get(SqliteConnection connection, long id) => connection
        .QuerySingleOrDefault<ContactRow>($"SELECT {ContactRow.Columns} FROM contact c WHERE c.id = @id", new { id })?.ToContact();

    private static ContactRow? Find(SqliteConnection connection, string key) => connection
        .QuerySingleOrDefault<ContactRow>($"SELECT {ContactRow.Columns} FROM contact c WHERE c.email_key = @key", new { key });
}

using Dapper;
using Microsoft.Data.Sqlite;

namespace MailMarketing.Storage.Sqlite;

/// <summary>Contacts in bulk, and how imports of them fare.</summary>
internal sealed partial class SqliteContactStore
{
    public Task<UpsertCounts> UpsertAsync(IReadOnlyList<ContactData> contacts, long? segmentId, CancellationToken cancellationToken)
    {
        var people = ContactRecord.Of(contacts);
        return database.WriteAsync(
            connection =>
            {
                if (segmentId is not null
                    && connection.ExecuteScalar<long>("SELECT count(*) FROM segment WHERE id = @segmentId", new { segmentId }) == 0)
                {
                    throw new MailMarketingException($"There is no segment {segmentId}; nothing was written.");
                }

                using var writer = new ContactWriter(connection, segmentId, database.Now);
                foreach (var person in people)
                {
                    writer.Write(person);
                }

                return writer.Counts;
            },
            cancellationToken);
    }

    public Task<ContactImport> SaveImportAsync(ContactImport import, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            if (import.Id == 0)
            {
                var id = connection.ExecuteScalar<long>(
                    "INSERT INTO contact_import (data) VALUES (@data) RETURNING id", new { data = Json.Write(import) });
                return import with { Id = id };
            }

            connection.Execute(
                "INSERT INTO contact_import (id, data) VALUES (@Id, @data) ON CONFLICT (id) DO UPDATE SET data = excluded.data",
                new { import.Id, data = Json.Write(import) });
            return import;
        },
        cancellationToken);

    public Task<ContactImport?> GetImportAsync(long id, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.ExecuteScalar<string?>("SELECT data FROM contact_import WHERE id = @id", new { id }) is { } data
            ? Json.Read<ContactImport>(data) with { Id = id }
            : null,
        cancellationToken);

    private static long Insert(SqliteConnection connection, ContactData contact, EmailAddress address, long now) =>
        connection.ExecuteScalar<long>(
            """
            INSERT INTO contact (email, email_key, name, first_name, last_name, attributes, search, status, created_at, updated_at)
            VALUES (@Email, @Key, @Name, @FirstName, @LastName, @attributes, @search, @Unsubscribed, @now, @now) RETURNING id
            """,
            Parameters(0, contact, address, now));

    private static void Update(SqliteConnection connection, long id, ContactData contact, EmailAddress address, long now) =>
        connection.Execute(
            """
            UPDATE contact SET email = @Email, email_key = @Key, name = @Name, first_name = @FirstName, last_name = @LastName,
                attributes = @attributes, search = @search, updated_at = @now
            WHERE id = @id
            """,
            Parameters(id, contact, address, now));

    private static object Parameters(long id, ContactData contact, EmailAddress address, long now) => new
    {
        id,
        Email = address.Value,
        address.Key,
        contact.Name,
        contact.FirstName,
        contact.LastName,
        attributes = JsonAttributes.TextOf(contact.Attributes),
        contact.Unsubscribed,
        search = ContactRow.SearchText(address.Key, contact.Name, contact.FirstName, contact.LastName),
        now,
    };
}

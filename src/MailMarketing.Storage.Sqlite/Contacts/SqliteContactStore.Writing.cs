using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace MailMarketing.Storage.Sqlite;

/// <summary>Contacts in bulk, and how imports of them fare.</summary>
internal sealed partial class SqliteContactStore
{
    public Task<UpsertCounts> UpsertAsync(IReadOnlyList<ContactData> contacts, long? segmentId, CancellationToken cancellationToken)
    {
        var last = new Dictionary<string, (EmailAddress Address, ContactData Data)>(StringComparer.Ordinal);
        foreach (var contact in contacts)
        {
            var address = EmailAddress.Parse(contact.Email);
            last[address.Key] = (address, contact);
        }

        return database.WriteAsync(
            connection =>
            {
                if (segmentId is not null
                    && connection.ExecuteScalar<long>("SELECT count(*) FROM segment WHERE id = @segmentId", new { segmentId }) == 0)
                {
                    throw new MailMarketingException($"There is no segment {segmentId}; nothing was written.");
                }

                var (now, added, updated) = (database.Now, 0, 0);
                using var join = connection.Prepared("INSERT OR IGNORE INTO segment_member (segment_id, contact_id) VALUES (@s, @c)", "@s", "@c");
                foreach (var (address, data) in last.Values)
                {
                    var known = Find(connection, address.Key);
                    long id;
                    if (known is null)
                    {
                        id = Insert(connection, data, address, now);
                        added++;
                    }
                    else
                    {
                        id = known.Id;
                        updated += Merge(connection, known, data, address, now) ? 1 : 0;
                    }

                    if (segmentId is not null)
                    {
                        join.RunWith(segmentId, id);
                    }
                }

                return new UpsertCounts(added, updated, last.Count - added - updated);
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

    private static bool Merge(SqliteConnection connection, ContactRow known, ContactData data, EmailAddress address, long now)
    {
        var attributes = Json.Read<Dictionary<string, JsonElement>>(known.Attributes);
        var changed = known.Email != address.Value
            || (data.Name ?? known.Name) != known.Name
            || (data.FirstName ?? known.FirstName) != known.FirstName
            || (data.LastName ?? known.LastName) != known.LastName;
        foreach (var (name, value) in data.Attributes)
        {
            changed |= !attributes.TryGetValue(name, out var old) || !JsonElement.DeepEquals(old, value);
            attributes[name] = value;
        }

        if (changed)
        {
            var merged = data with
            {
                Name = data.Name ?? known.Name,
                FirstName = data.FirstName ?? known.FirstName,
                LastName = data.LastName ?? known.LastName,
                Attributes = attributes,
            };
            Update(connection, known.Id, merged, address, now);
        }

        return changed;
    }

    private static long Insert(SqliteConnection connection, ContactData contact, EmailAddress address, long now) =>
        connection.ExecuteScalar<long>(
            """
            INSERT INTO contact (email, email_key, name, first_name, last_name, attributes, search, created_at, updated_at)
            VALUES (@Email, @Key, @Name, @FirstName, @LastName, @attributes, @search, @now, @now) RETURNING id
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
        attributes = Json.Write(contact.Attributes),
        search = Paging.Fold(string.Join('\n', address.Key, contact.Name, contact.FirstName, contact.LastName)),
        now,
    };
}

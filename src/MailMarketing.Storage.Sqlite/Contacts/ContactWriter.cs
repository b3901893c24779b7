using Microsoft.Data.Sqlite;

namespace MailMarketing.Storage.Sqlite;

/// <summary>Adds or updates contacts one by one, by statements prepared once, in the caller's transaction.</summary>
internal sealed class ContactWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly long _now;
    private readonly SqliteCommand _add;
    private readonly SqliteCommand _find;
    private readonly SqliteCommand _change;
    private readonly SqliteCommand _unsubscribe;
    private readonly SqliteCommand? _join;
    private int _added;
    private int _updated;
    private int _unchanged;

    /// <param name="connection">In a transaction.</param>
    /// <param name="segmentId">A segment that all join; null for none.</param>
    /// <param name="now">In Unix milliseconds.</param>
    public ContactWriter(SqliteConnection connection, long? segmentId, long now)
    {
        (_connection, _now) = (connection, now);
        _add = connection.Prepared(
            $"""
            INSERT INTO contact (email, email_key, name, first_name, last_name, attributes, search, status, created_at, updated_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, {now}, {now}) ON CONFLICT (email_key) DO NOTHING
            """,
            "?1", "?2", "?3", "?4", "?5", "?6", "?7", "?8");
        _find = connection.Prepared(
            "SELECT id, email, name, first_name, last_name, attributes, status FROM contact WHERE email_key = ?1", "?1");
        _change = connection.Prepared(
            $"""
            UPDATE contact SET email = ?2, name = ?3, first_name = ?4, last_name = ?5, attributes = ?6, search = ?7, updated_at = {now}
            WHERE id = ?1
            """,
            "?1", "?2", "?3", "?4", "?5", "?6", "?7");
        _unsubscribe = connection.Prepared("UPDATE contact SET status = 1 WHERE id = ?1", "?1");
        _join = segmentId is null
            ? null
            : connection.Prepared($"INSERT OR IGNORE INTO segment_member (segment_id, contact_id) VALUES ({segmentId}, ?1)", "?1");
    }

    public UpsertCounts Counts => new(_added, _updated, _unchanged);

    public void Write(ContactRecord person)
    {
        var data = person.Data;
        long id;
        if (_add.RunWith(
            person.Address.Value, person.Address.Key, data.Name, data.FirstName, data.LastName, person.Attributes, person.Search,
            data.Unsubscribed ? 1 : 0) == 1)
        {
            _added++;
            id = SQLitePCL.raw.sqlite3_last_insert_rowid(_connection.Handle);
        }
        else
        {
            id = Merge(person);
        }

        _join?.RunWith(id);
    }

    public void Dispose()
    {
        foreach (var command in new[] { _add, _find, _change, _unsubscribe, _join })
        {
            command?.Dispose();
        }
    }

    private long Merge(ContactRecord person)
    {
        var known = Find(person.Address.Key);
        var (name, first, last) = (person.Data.Name ?? known.Name, person.Data.FirstName ?? known.FirstName, person.Data.LastName ?? known.LastName);
        var attributes = person.Attributes == known.Attributes ? known.Attributes : ContactStage.Merged(known.Attributes, person.Attributes);
        var isLeaving = person.Data.Unsubscribed && known.Status != (long)ConsentStatus.Unsubscribed;
        if (!isLeaving && (known.Email, known.Name, known.FirstName, known.LastName, known.Attributes)
            == (person.Address.Value, name, first, last, attributes))
        {
            _unchanged++;
            return known.Id;
        }

        _updated++;
        _change.RunWith(
            known.Id, person.Address.Value, name, first, last, attributes, ContactRow.SearchText(person.Address.Key, name, first, last));
        if (isLeaving)
        {
            _unsubscribe.RunWith(known.Id);
            Withdrawal.Take(_connection, known.Id, DeliveryState.Suppressed, AudienceRules.Unwanted, _now);
        }

        return known.Id;
    }

    private ContactRow Find(string key)
    {
        _find.Parameters[0].Value = key;
        using var row = _find.ExecuteReader();
        row.Read();
        return new ContactRow
        {
            Id = row.GetInt64(0),
            Email = row.GetString(1),
            Name = Text(2),
            FirstName = Text(3),
            LastName = Text(4),
            Attributes = row.GetString(5),
            Status = row.GetInt64(6),
        };

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
    }
}

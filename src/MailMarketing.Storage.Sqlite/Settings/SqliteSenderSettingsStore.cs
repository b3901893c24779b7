using Dapper;
using Microsoft.Data.Sqlite;

namespace MailMarketing.Storage.Sqlite;

/// <summary>The sending side's settings, one row.</summary>
internal sealed class SqliteSenderSettingsStore(SqliteDatabase database) : ISenderSettingsStore
{
    public Task<SenderSettings> GetAsync(CancellationToken cancellationToken) => database.ReadAsync(Get, cancellationToken);

    public Task<SenderSettings> UpdateAsync(Func<SenderSettings, SenderSettings> change, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
            {
                var changed = change(Get(connection));
                connection.Execute(
                    "INSERT INTO sender_settings (id, data) VALUES (1, @data) ON CONFLICT (id) DO UPDATE SET data = excluded.data",
                    new { data = Json.Write(changed) });
                return changed;
            },
            cancellationToken);

    private static SenderSettings Get(SqliteConnection connection) =>
        connection.ExecuteScalar<string?>("SELECT data FROM sender_settings") is { } data ? Json.Read<SenderSettings>(data) : new SenderSettings();
}

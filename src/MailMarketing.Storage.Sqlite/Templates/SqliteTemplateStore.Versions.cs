using Dapper;
using Microsoft.Data.Sqlite;

namespace MailMarketing.Storage.Sqlite;

/// <summary>What templates name, and what they once were.</summary>
internal sealed partial class SqliteTemplateStore
{
    private const string VersionColumns = "version, name, source, saved_at AS SavedAt";

    public Task<IReadOnlyList<EmailTemplate>> FindPartsAsync(IReadOnlyList<string> names, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<EmailTemplate>>(
            connection => [.. connection.Query<Row>(
                $"SELECT {Columns} FROM template WHERE kind <> 0 AND name_key IN @keys", new { keys = names.Select(Paging.Fold) })
                .Select(row => row.ToTemplate())],
            cancellationToken);

    public Task<IReadOnlyList<TemplateVersion>> ListVersionsAsync(long id, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<TemplateVersion>>(
            connection => [.. connection.Query<VersionRow>(
                $"SELECT {VersionColumns} FROM template_version WHERE template_id = @id ORDER BY version DESC", new { id })
                .Select(row => row.ToVersion())],
            cancellationToken);

    public Task<TemplateVersion?> GetVersionAsync(long id, int version, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.QuerySingleOrDefault<VersionRow>(
            $"SELECT {VersionColumns} FROM template_version WHERE template_id = @id AND version = @version", new { id, version })?.ToVersion(),
        cancellationToken);

    private static void KeepVersion(SqliteConnection connection, long id) => connection.Execute(
        """
        INSERT INTO template_version (template_id, version, name, source, saved_at)
        SELECT id, version, name, source, updated_at FROM template WHERE id = @id
        """,
        new { id });

    private sealed class VersionRow
    {
        public long Version { get; init; }

        public string Name { get; init; } = "";

        public string Source { get; init; } = "";

        public long SavedAt { get; init; }

        public TemplateVersion ToVersion() =>
            new((int)Version, Name, Json.Read<TemplateSource>(Source), DateTimeOffset.FromUnixTimeMilliseconds(SavedAt));
    }
}

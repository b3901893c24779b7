namespace MailMarketing.Storage.Postgres;

/// <summary>What templates name, and what they once were.</summary>
internal sealed partial class PostgresTemplateStore
{
    private const string VersionColumns = "version, name, source, saved_at AS SavedAt";

    public Task<IReadOnlyList<EmailTemplate>> FindPartsAsync(IReadOnlyList<string> names, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<EmailTemplate>>(
            async work => (await work.ListAsync<Row>(
                    $"SELECT {Columns} FROM template WHERE kind <> 0 AND name_key = ANY(@keys)",
                    new { keys = names.Select(Paging.Fold).ToArray() }))
                .ConvertAll(row => row.ToTemplate()),
            cancellationToken);

    public Task<IReadOnlyList<TemplateVersion>> ListVersionsAsync(long id, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<TemplateVersion>>(
            async work => (await work.ListAsync<VersionRow>(
                    $"SELECT {VersionColumns} FROM template_version WHERE template_id = @id ORDER BY version DESC", new { id }))
                .ConvertAll(row => row.ToVersion()),
            cancellationToken);

    public Task<TemplateVersion?> GetVersionAsync(long id, int version, CancellationToken cancellationToken) => database.ReadAsync(
        async work => (await work.FirstAsync<VersionRow>(
            $"SELECT {VersionColumns} FROM template_version WHERE template_id = @id AND version = @version", new { id, version }))?.ToVersion(),
        cancellationToken);

    private static Task<int> KeepVersionAsync(Work work, long id) => work.RunAsync(
        """
        INSERT INTO template_version (template_id, version, name, source, saved_at)
        SELECT id, version, name, source, updated_at FROM template WHERE id = @id
        """,
        new { id });

    private sealed class VersionRow
    {
        public int Version { get; init; }

        public string Name { get; init; } = "";

        public string Source { get; init; } = "";

        public DateTime SavedAt { get; init; }

        public TemplateVersion ToVersion() => new(Version, Name, Json.Read<TemplateSource>(Source), SavedAt);
    }
}

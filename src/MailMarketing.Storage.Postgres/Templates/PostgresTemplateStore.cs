namespace MailMarketing.Storage.Postgres;

/// <summary>Templates.</summary>
internal sealed partial class PostgresTemplateStore(PostgresDatabase database) : ITemplateStore
{
    private const char List = 't';
    private const string Columns = "id, name, source, version, created_at AS CreatedAt, updated_at AS UpdatedAt";

    public Task<Result<EmailTemplate>> AddAsync(string name, TemplateSource source, CancellationToken cancellationToken) =>
        database.WriteAsync<Result<EmailTemplate>>(
            async work =>
            {
                var id = await work.FirstAsync<long?>(
                    $"""
                    INSERT INTO template (name, name_key, source, kind, version, created_at, updated_at)
                    VALUES (@name, @key, @source, @kind, 1, {work.Now}, {work.Now}) ON CONFLICT (name_key) DO NOTHING RETURNING id
                    """,
                    new { name, key = Paging.Fold(name), source = Json.Write(source), kind = (int)source.Kind });
                if (id is null)
                {
                    return Taken(name);
                }

                await KeepVersionAsync(work, id.Value);
                return (await GetAsync(work, id.Value))!;
            },
            cancellationToken);

    public Task<EmailTemplate?> GetAsync(long id, CancellationToken cancellationToken) =>
        database.ReadAsync(work => GetAsync(work, id), cancellationToken);

    public Task<Result<EmailTemplate>> UpdateAsync(long id, string name, TemplateSource source, CancellationToken cancellationToken) =>
        database.WriteAsync<Result<EmailTemplate>>(
            async work =>
            {
                if (await GetAsync(work, id) is null)
                {
                    return Problem.NotFound("template", id);
                }

                var key = Paging.Fold(name);
                if (await work.FirstAsync<bool>(
                        "SELECT EXISTS (SELECT 1 FROM template WHERE name_key = @key AND id <> @id)", new { id, key }))
                {
                    return Taken(name);
                }

                var changed = await work.RunAsync(
                    $"""
                    UPDATE template SET name = @name, name_key = @key, source = @source, kind = @kind,
                        version = version + 1, updated_at = {work.Now}
                    WHERE id = @id
                    """,
                    new { id, name, key, source = Json.Write(source), kind = (int)source.Kind });
                if (changed == 0)
                {
                    return Problem.NotFound("template", id);
                }

                await KeepVersionAsync(work, id);
                return (await GetAsync(work, id))!;
            },
            cancellationToken);

    public Task<bool> DeleteAsync(long id, CancellationToken cancellationToken) => database.WriteAsync(
        async work => await work.RunAsync("DELETE FROM template WHERE id = @id", new { id }) > 0, cancellationToken);

    public Task<Page<EmailTemplate>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        var parameters = new { after = page.After(List), pattern = page.Pattern(), limit = page.Limit + 1 };
        return database.ReadAsync(
            async work => (await work.ListAsync<Row>(
                    $"""
                    SELECT {Columns} FROM template
                    WHERE {page.Following("id")} AND (@pattern IS NULL OR name_key LIKE @pattern) {page.Order("id")} LIMIT @limit
                    """,
                    parameters))
                .ConvertAll(row => row.ToTemplate()).ToPage(page, List, template => template.Id),
            cancellationToken);
    }

    public Task<long> CountAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(work => work.FirstAsync<long>("SELECT count(*) FROM template"), cancellationToken);

    private static Problem Taken(string name) =>
        Problem.Conflict("name", $"There is a template named {name} already; choose another name.");

    private static async Task<EmailTemplate?> GetAsync(Work work, long id) =>
        (await work.FirstAsync<Row>($"SELECT {Columns} FROM template WHERE id = @id", new { id }))?.ToTemplate();

    private sealed class Row
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";

        public string Source { get; init; } = "";

        public int Version { get; init; }

        public DateTime CreatedAt { get; init; }

        public DateTime UpdatedAt { get; init; }

        public EmailTemplate ToTemplate() => new()
        {
            Id = Id,
            Name = Name,
            Source = Json.Read<TemplateSource>(Source),
            Version = Version,
            CreatedAt = CreatedAt,
            UpdatedAt = UpdatedAt,
        };
    }
}

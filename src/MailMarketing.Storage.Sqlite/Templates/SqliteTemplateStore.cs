using Dapper;
using Microsoft.Data.Sqlite;

namespace MailMarketing.Storage.Sqlite;

/// <summary>Templates.</summary>
internal sealed partial class SqliteTemplateStore(SqliteDatabase database) : ITemplateStore
{
    private const char List = 't';
    private const string Columns = "id, name, source, version, created_at AS CreatedAt, updated_at AS UpdatedAt";

    public Task<Result<EmailTemplate>> AddAsync(string name, TemplateSource source, CancellationToken cancellationToken) =>
        database.WriteAsync<Result<EmailTemplate>>(
            connection =>
            {
                if (IsTaken(connection, name, 0))
                {
                    return Taken(name);
                }

                var id = connection.ExecuteScalar<long>(
                    """
                    INSERT INTO template (name, name_key, source, kind, version, created_at, updated_at)
                    VALUES (@name, @key, @source, @kind, 1, @now, @now) RETURNING id
                    """,
                    new { name, key = Paging.Fold(name), source = Json.Write(source), kind = (int)source.Kind, now = database.Now });
                KeepVersion(connection, id);
                return Get(connection, id)!;
            },
            cancellationToken);

    public Task<EmailTemplate?> GetAsync(long id, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => Get(connection, id), cancellationToken);

    public Task<Result<EmailTemplate>> UpdateAsync(long id, string name, TemplateSource source, CancellationToken cancellationToken) =>
        database.WriteAsync<Result<EmailTemplate>>(
            connection =>
            {
                if (Get(connection, id) is null)
                {
                    return Problem.NotFound("template", id);
                }

                if (IsTaken(connection, name, id))
                {
                    return Taken(name);
                }

                connection.Execute(
                    """
                    UPDATE template SET name = @name, name_key = @key, source = @source, kind = @kind, version = version + 1, updated_at = @now
                    WHERE id = @id
                    """,
                    new { id, name, key = Paging.Fold(name), source = Json.Write(source), kind = (int)source.Kind, now = database.Now });
                KeepVersion(connection, id);
                return Get(connection, id)!;
            },
            cancellationToken);

    public Task<bool> DeleteAsync(long id, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.Execute("DELETE FROM template WHERE id = @id", new { id }) > 0, cancellationToken);

    public Task<Page<EmailTemplate>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        var parameters = new { after = page.After(List), pattern = page.Pattern(), limit = page.Limit + 1 };
        return database.ReadAsync(
            connection => connection.Query<Row>(
                    $"""
                    SELECT {Columns} FROM template
                    WHERE {page.Following("id")} AND (@pattern IS NULL OR name_key LIKE @pattern ESCAPE '\') {page.Order("id")} LIMIT @limit
                    """,
                    parameters)
                .Select(row => row.ToTemplate()).ToList().ToPage(page, List, template => template.Id),
            cancellationToken);
    }

    public Task<long> CountAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM template"), cancellationToken);

    private static Problem Taken(string name) => Problem.Conflict("name", $"There is a template named {name} already; choose another name.");

    private static bool IsTaken(SqliteConnection connection, string name, long except) => connection.ExecuteScalar<long>(
        "SELECT count(*) FROM template WHERE name_key = @key AND id <> @except", new { key = Paging.Fold(name), except }) > 0;

    private static EmailTemplate? Get(SqliteConnection connection, long id) =>
        connection.QuerySingleOrDefault<Row>($"SELECT {Columns} FROM template WHERE id = @id", new { id })?.ToTemplate();

    private sealed class Row
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";

        public string Source { get; init; } = "";

        public long Version { get; init; }

        public long CreatedAt { get; init; }

        public long UpdatedAt { get; init; }

        public EmailTemplate ToTemplate() => new()
        {
            Id = Id,
            Name = Name,
            Source = Json.Read<TemplateSource>(Source),
            Version = (int)Version,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(UpdatedAt),
        };
    }
}

using Dapper;
using Microsoft.Data.Sqlite;

namespace MailMarketing.Storage.Sqlite;

/// <summary>Segments and who belongs to them.</summary>
internal sealed class SqliteSegmentStore(SqliteDatabase database) : ISegmentStore
{
    private const char List = 'g';
    private const string Columns =
        "s.id, s.name, (SELECT count(*) FROM segment_member m WHERE m.segment_id = s.id) AS Members, s.created_at AS CreatedAt";

    public Task<Result<Segment>> AddAsync(string name, CancellationToken cancellationToken) => database.WriteAsync<Result<Segment>>(
        connection =>
        {
            if (IsTaken(connection, name, 0))
            {
                return Taken(name);
            }

            var id = connection.ExecuteScalar<long>(
                "INSERT INTO segment (name, name_key, created_at) VALUES (@name, @key, @now) RETURNING id",
                new { name, key = Paging.Fold(name), now = database.Now });
            return Get(connection, id)!;
        },
        cancellationToken);

    public Task<Segment?> GetAsync(long id, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => Get(connection, id), cancellationToken);

    public Task<Result<Segment>> RenameAsync(long id, string name, CancellationToken cancellationToken) => database.WriteAsync<Result<Segment>>(
        connection =>
        {
            if (IsTaken(connection, name, id))
            {
                return Taken(name);
            }

            return connection.Execute("UPDATE segment SET name = @name, name_key = @key WHERE id = @id", new { id, name, key = Paging.Fold(name) }) == 0
                ? Problem.NotFound("segment", id)
                : Get(connection, id)!;
        },
        cancellationToken);

    public Task<bool> DeleteAsync(long id, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.Execute("DELETE FROM segment WHERE id = @id", new { id }) > 0, cancellationToken);

    public Task<Page<Segment>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        var parameters = new { after = page.After(List), pattern = page.Pattern(), limit = page.Limit + 1 };
        return database.ReadAsync(
            connection => connection.Query<Row>(
                    $"""
                    SELECT {Columns} FROM segment s
                    WHERE {page.Following("s.id")} AND (@pattern IS NULL OR s.name_key LIKE @pattern ESCAPE '\') {page.Order("s.id")} LIMIT @limit
                    """,
                    parameters)
                .Select(row => row.ToSegment()).ToList().ToPage(page, List, segment => segment.Id),
            cancellationToken);
    }

    public Task<long> CountAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM segment"), cancellationToken);

    public Task<IReadOnlyList<Segment>> ListOfContactAsync(long contactId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Segment>>(
            connection => [.. connection.Query<Row>(
                    $"""
                    SELECT {Columns} FROM segment s
                    WHERE s.id IN (SELECT segment_id FROM segment_member WHERE contact_id = @contactId) ORDER BY s.name_key
                    """,
                    new { contactId })
                .Select(row => row.ToSegment())],
            cancellationToken);

    public Task<IReadOnlyDictionary<long, IReadOnlyList<string>>> ListNamesAsync(
        IReadOnlyList<long> contactIds, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<long, IReadOnlyList<string>>>(
            connection => SegmentNames.Of(connection, contactIds), cancellationToken);

    public Task<Result<Segment>> AddMembersAsync(long id, IReadOnlyList<long> contactIds, CancellationToken cancellationToken) =>
        database.WriteAsync<Result<Segment>>(
            connection =>
            {
                if (Get(connection, id) is null)
                {
                    return Problem.NotFound("segment", id);
                }

                var ids = Json.Write(contactIds);
                var unknown = connection.Query<long>(
                    "SELECT DISTINCT value FROM json_each(@ids) WHERE value NOT IN (SELECT id FROM contact) ORDER BY value LIMIT 11", new { ids }).ToList();
                if (unknown.Count > 0)
                {
                    var more = unknown.Count > 10 ? " and more" : "";
                    return Problem.Invalid("contactIds", $"There are no contacts {string.Join(", ", unknown.Take(10))}{more}; nobody was added.");
                }

                connection.Execute(
                    "INSERT OR IGNORE INTO segment_member (segment_id, contact_id) SELECT @id, value FROM json_each(@ids)", new { id, ids });
                return Get(connection, id)!;
            },
            cancellationToken);

    public Task<bool> RemoveMemberAsync(long id, long contactId, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.Execute(
            "DELETE FROM segment_member WHERE segment_id = @id AND contact_id = @contactId", new { id, contactId }) > 0,
        cancellationToken);

    private static Problem Taken(string name) => Problem.Conflict("name", $"There is a segment named {name} already; choose another name.");

    private static bool IsTaken(SqliteConnection connection, string name, long except) => connection.ExecuteScalar<long>(
        "SELECT count(*) FROM segment WHERE name_key = @key AND id <> @except", new { key = Paging.Fold(name), except }) > 0;

    private static Segment? Get(SqliteConnection connection, long id) =>
        connection.QuerySingleOrDefault<Row>($"SELECT {Columns} FROM segment s WHERE s.id = @id", new { id })?.ToSegment();

    private sealed class Row
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";

        public long Members { get; init; }

        public long CreatedAt { get; init; }

        public Segment ToSegment() =>
            new() { Id = Id, Name = Name, Members = Members, CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt) };
    }
}

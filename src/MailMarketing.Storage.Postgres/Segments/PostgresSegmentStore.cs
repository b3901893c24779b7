namespace MailMarketing.Storage.Postgres;

/// <summary>Segments and who belongs to them.</summary>
internal sealed class PostgresSegmentStore(PostgresDatabase database) : ISegmentStore
{
    private const char List = 'g';
    private const string Columns = """
        s.id, s.name, (SELECT coalesce(sum(n.n), 0)::bigint FROM segment_count n WHERE n.segment_id = s.id) AS Members,
        s.created_at AS CreatedAt
        """;

    public Task<Result<Segment>> AddAsync(string name, CancellationToken cancellationToken) => database.WriteAsync<Result<Segment>>(
        async work =>
        {
            var id = await work.FirstAsync<long?>(
                $"""
                INSERT INTO segment (name, name_key, created_at) VALUES (@name, @key, {work.Now})
                ON CONFLICT (name_key) DO NOTHING RETURNING id
                """,
                new { name, key = Paging.Fold(name) });
            return id is null ? Taken(name) : (await GetAsync(work, id.Value))!;
        },
        cancellationToken);

    public Task<Segment?> GetAsync(long id, CancellationToken cancellationToken) =>
        database.ReadAsync(work => GetAsync(work, id), cancellationToken);

    public Task<Result<Segment>> RenameAsync(
        long id, string name, CancellationToken cancellationToken) => database.WriteAsync<Result<Segment>>(
        async work =>
        {
            var key = Paging.Fold(name);
            if (await work.FirstAsync<bool>("SELECT EXISTS (SELECT 1 FROM segment WHERE name_key = @key AND id <> @id)", new { id, key }))
            {
                return Taken(name);
            }

            return await work.RunAsync("UPDATE segment SET name = @name, name_key = @key WHERE id = @id", new { id, name, key }) == 0
                ? Problem.NotFound("segment", id)
                : (await GetAsync(work, id))!;
        },
        cancellationToken);

    public Task<bool> DeleteAsync(long id, CancellationToken cancellationToken) => database.WriteAsync(
        async work =>
        {
            var deleted = await work.RunLongAsync("DELETE FROM segment WHERE id = @id", new { id }) > 0;
            await work.RunAsync("DELETE FROM segment_count WHERE segment_id = @id", new { id });
            return deleted;
        },
        cancellationToken);

    public Task<Page<Segment>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        var parameters = new { after = page.After(List), pattern = page.Pattern(), limit = page.Limit + 1 };
        return database.ReadAsync(
            async work => (await work.ListAsync<Row>(
                    $"""
                    SELECT {Columns} FROM segment s
                    WHERE {page.Following("s.id")} AND (@pattern IS NULL OR s.name_key LIKE @pattern) {page.Order("s.id")} LIMIT @limit
                    """,
                    parameters))
                .ConvertAll(row => row.ToSegment()).ToPage(page, List, segment => segment.Id),
            cancellationToken);
    }

    public Task<long> CountAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(work => work.FirstAsync<long>("SELECT count(*) FROM segment"), cancellationToken);

    public Task<IReadOnlyList<Segment>> ListOfContactAsync(long contactId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Segment>>(
            async work => (await work.ListAsync<Row>(
                    $"""
                    SELECT {Columns} FROM segment s
                    WHERE s.id IN (SELECT segment_id FROM segment_member WHERE contact_id = @contactId) ORDER BY s.name_key
                    """,
                    new { contactId }))
                .ConvertAll(row => row.ToSegment()),
            cancellationToken);

    public Task<IReadOnlyDictionary<long, IReadOnlyList<string>>> ListNamesAsync(
        IReadOnlyList<long> contactIds, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<long, IReadOnlyList<string>>>(
            async work => await SegmentNames.OfAsync(work, contactIds), cancellationToken);

    public Task<Result<Segment>> AddMembersAsync(long id, IReadOnlyList<long> contactIds, CancellationToken cancellationToken) =>
        database.WriteAsync<Result<Segment>>(
            async work =>
            {
                if (await GetAsync(work, id) is null)
                {
                    return Problem.NotFound("segment", id);
                }

                var ids = contactIds.ToArray();
                var unknown = await work.ListAsync<long>(
                    """
                    SELECT DISTINCT i.id FROM unnest(@ids) AS i (id) WHERE NOT EXISTS (SELECT 1 FROM contact c WHERE c.id = i.id)
                    ORDER BY i.id LIMIT 11
                    """,
                    new { ids });
                if (unknown.Count > 0)
                {
                    var more = unknown.Count > 10 ? " and more" : "";
                    return Problem.Invalid(
                        "contactIds", $"There are no contacts {string.Join(", ", unknown.Take(10))}{more}; nobody was added.");
                }

                await work.RunAsync(
                    """
                    INSERT INTO segment_member (segment_id, contact_id) SELECT DISTINCT @id, i.id FROM unnest(@ids) AS i (id) ORDER BY i.id
                    ON CONFLICT DO NOTHING
                    """,
                    new { id, ids });
                return (await GetAsync(work, id))!;
            },
            cancellationToken);

    public Task<bool> RemoveMemberAsync(long id, long contactId, CancellationToken cancellationToken) => database.WriteAsync(
        async work => await work.RunAsync(
            "DELETE FROM segment_member WHERE segment_id = @id AND contact_id = @contactId", new { id, contactId }) > 0,
        cancellationToken);

    private static Problem Taken(string name) => Problem.Conflict("name", $"There is a segment named {name} already; choose another name.");

    private static async Task<Segment?> GetAsync(Work work, long id) =>
        (await work.FirstAsync<Row>($"SELECT {Columns} FROM segment s WHERE s.id = @id", new { id }))?.ToSegment();

    private sealed class Row
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";

        public long Members { get; init; }

        public DateTime CreatedAt { get; init; }

        public Segment ToSegment() => new() { Id = Id, Name = Name, Members = Members, CreatedAt = CreatedAt };
    }
}

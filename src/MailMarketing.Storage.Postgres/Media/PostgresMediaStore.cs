namespace MailMarketing.Storage.Postgres;

/// <summary>Images.</summary>
internal sealed class PostgresMediaStore(PostgresDatabase database) : IMediaStore
{
    private const char List = 'i';
    private const string Columns =
        "id, name, file_name AS FileName, content_type AS ContentType, size, width, height, created_at AS CreatedAt";

    public Task<MediaFile> AddAsync(MediaFile file, byte[] content, CancellationToken cancellationToken) => database.WriteAsync(
        async work =>
        {
            await work.RunAsync(
                $"""
                INSERT INTO media (name, name_key, file_name, content_type, width, height, size, created_at, content)
                VALUES (@Name, @key, @FileName, @ContentType, @Width, @Height, @Size, {work.Now}, @content)
                ON CONFLICT (file_name) DO NOTHING
                """,
                new
                {
                    file.Name, key = Paging.Fold(file.Name), file.FileName, file.ContentType, file.Width, file.Height, file.Size, content,
                });
            return (await work.FirstAsync<Row>($"SELECT {Columns} FROM media WHERE file_name = @FileName", new { file.FileName }))!.ToFile();
        },
        cancellationToken);

    public Task<MediaContent?> OpenAsync(string fileName, CancellationToken cancellationToken) => database.ReadAsync(
        work => work.FirstAsync<MediaContent>(
            "SELECT content_type AS ContentType, content AS Bytes FROM media WHERE file_name = @fileName", new { fileName }),
        cancellationToken);

    public Task<MediaFile?> GetAsync(long id, CancellationToken cancellationToken) =>
        database.ReadAsync(work => GetAsync(work, id), cancellationToken);

    public Task<Page<MediaFile>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        var parameters = new { after = page.After(List), pattern = page.Pattern(), limit = page.Limit + 1 };
        return database.ReadAsync(
            async work => (await work.ListAsync<Row>(
                    $"""
                    SELECT {Columns} FROM media
                    WHERE {page.Following("id")} AND (@pattern IS NULL OR name_key LIKE @pattern) {page.Order("id")} LIMIT @limit
                    """,
                    parameters))
                .ConvertAll(row => row.ToFile()).ToPage(page, List, file => file.Id),
            cancellationToken);
    }

    public Task<Result<MediaFile>> DeleteAsync(long id, CancellationToken cancellationToken) => database.WriteAsync<Result<MediaFile>>(
        async work =>
        {
            if (await GetAsync(work, id) is not { } file)
            {
                return Problem.NotFound("image", id);
            }

            var held = new { held = $"%{file.FileName}%", running = (int)CampaignState.Running, paused = (int)CampaignState.Paused };
            var templates = await work.ListAsync<string>("SELECT name FROM template WHERE source LIKE @held ORDER BY id LIMIT 5", held);
            var campaigns = await work.ListAsync<string>(
                "SELECT draft FROM campaign WHERE state IN (@running, @paused) AND content LIKE @held ORDER BY id LIMIT 5", held);
            if (MediaUses.Judge(file, templates, campaigns.Select(Json.Read<CampaignDraft>)) is { } refusal)
            {
                return refusal;
            }

            await work.RunAsync("DELETE FROM media WHERE id = @id", new { id });
            return file;
        },
        cancellationToken);

    private static async Task<MediaFile?> GetAsync(Work work, long id) =>
        (await work.FirstAsync<Row>($"SELECT {Columns} FROM media WHERE id = @id", new { id }))?.ToFile();

    private sealed record Row(
        long Id, string Name, string FileName, string ContentType, long Size, int Width, int Height, DateTime CreatedAt)
    {
        public MediaFile ToFile() => new()
        {
            Id = Id, Name = Name, FileName = FileName, ContentType = ContentType, Size = Size, Width = Width, Height = Height,
            CreatedAt = CreatedAt,
        };
    }
}

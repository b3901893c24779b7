using Dapper;
using Microsoft.Data.Sqlite;

namespace MailMarketing.Storage.Sqlite;

/// <summary>Images.</summary>
internal sealed class SqliteMediaStore(SqliteDatabase database) : IMediaStore
{
    private const char List = 'i';
    private const string Columns =
        "id, name, file_name AS FileName, content_type AS ContentType, size, width, height, created_at AS CreatedAt";

    public Task<MediaFile> AddAsync(MediaFile file, byte[] content, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            connection.Execute(
                """
                INSERT INTO media (name, name_key, file_name, content_type, width, height, size, created_at, content)
                VALUES (@Name, @key, @FileName, @ContentType, @Width, @Height, @Size, @now, @content) ON CONFLICT (file_name) DO NOTHING
                """,
                new
                {
                    file.Name, key = Paging.Fold(file.Name), file.FileName, file.ContentType, file.Width, file.Height, file.Size,
                    now = database.Now, content,
                });
            return connection.QuerySingle<Row>($"SELECT {Columns} FROM media WHERE file_name = @FileName", new { file.FileName }).ToFile();
        },
        cancellationToken);

    public Task<MediaContent?> OpenAsync(string fileName, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.QuerySingleOrDefault<MediaContent>(
            "SELECT content_type AS ContentType, content AS Bytes FROM media WHERE file_name = @fileName", new { fileName }),
        cancellationToken);

    public Task<MediaFile?> GetAsync(long id, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => Get(connection, id), cancellationToken);

    public Task<Page<MediaFile>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        var parameters = new { after = page.After(List), pattern = page.Pattern(), limit = page.Limit + 1 };
        return database.ReadAsync(
            connection => connection.Query<Row>(
                    $"""
                    SELECT {Columns} FROM media
                    WHERE {page.Following("id")} AND (@pattern IS NULL OR name_key LIKE @pattern ESCAPE '\') {page.Order("id")} LIMIT @limit
                    """,
                    parameters)
                .Select(row => row.ToFile()).ToList().ToPage(page, List, file => file.Id),
            cancellationToken);
    }

    public Task<Result<MediaFile>> DeleteAsync(long id, CancellationToken cancellationToken) => database.WriteAsync<Result<MediaFile>>(
        connection =>
        {
            if (Get(connection, id) is not { } file)
            {
                return Problem.NotFound("image", id);
            }

            var held = new { held = $"%{file.FileName}%", running = (int)CampaignState.Running, paused = (int)CampaignState.Paused };
            var templates = connection.Query<string>("SELECT name FROM template WHERE source LIKE @held ORDER BY id LIMIT 5", held);
            var campaigns = connection.Query<string>(
                "SELECT draft FROM campaign WHERE state IN (@running, @paused) AND content LIKE @held ORDER BY id LIMIT 5", held);
            if (MediaUses.Judge(file, templates, campaigns.Select(Json.Read<CampaignDraft>)) is { } refusal)
            {
                return refusal;
            }

            connection.Execute("DELETE FROM media WHERE id = @id", new { id });
            return file;
        },
        cancellationToken);

    private static MediaFile? Get(SqliteConnection connection, long id) =>
        connection.QuerySingleOrDefault<Row>($"SELECT {Columns} FROM media WHERE id = @id", new { id })?.ToFile();

    private sealed record Row(
        long Id, string Name, string FileName, string ContentType, long Size, long Width, long Height, long CreatedAt)
    {
        public MediaFile ToFile() => new()
        {
            Id = Id, Name = Name, FileName = FileName, ContentType = ContentType, Size = Size, Width = (int)Width, Height = (int)Height,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        };
    }
}

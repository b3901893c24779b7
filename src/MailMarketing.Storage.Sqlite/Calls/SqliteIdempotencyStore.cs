using Dapper;

namespace MailMarketing.Storage.Sqlite;

/// <summary>Calls by their idempotency keys.</summary>
internal sealed class SqliteIdempotencyStore(SqliteDatabase database) : IIdempotencyStore
{
    private const long Day = 24 * 60 * 60 * 1000;
    private const long Minute = 60 * 1000;

    public Task<RememberedCall?> BeginAsync(string key, string fingerprint, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            var now = database.Now;
            connection.Execute("DELETE FROM api_call WHERE begun_at < @before", new { before = now - Day });
            var taken = connection.Execute(
                """
                INSERT INTO api_call (key, fingerprint, begun_at) VALUES (@key, @fingerprint, @now)
                ON CONFLICT (key) DO UPDATE SET begun_at = @now
                WHERE fingerprint = @fingerprint AND status IS NULL AND begun_at < @before
                """,
                new { key, fingerprint, now, before = now - Minute });
            return taken > 0 ? null : connection.QuerySingle<Row>("SELECT fingerprint, status, body FROM api_call WHERE key = @key", new { key }).ToCall();
        },
        cancellationToken);

    public Task EndAsync(string key, int status, string? body, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.Execute(
            body is null ? "DELETE FROM api_call WHERE key = @key" : "UPDATE api_call SET status = @status, body = @body WHERE key = @key",
            new { key, status, body }),
        cancellationToken);

    private sealed record Row(string Fingerprint, long? Status, string? Body)
    {
        public RememberedCall ToCall() => new(Fingerprint, (int?)Status, Body);
    }
}

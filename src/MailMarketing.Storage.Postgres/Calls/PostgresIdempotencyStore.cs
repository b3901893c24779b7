namespace MailMarketing.Storage.Postgres;

/// <summary>Calls by their idempotency keys.</summary>
internal sealed class PostgresIdempotencyStore(PostgresDatabase database) : IIdempotencyStore
{
    public Task<RememberedCall?> BeginAsync(string key, string fingerprint, CancellationToken cancellationToken) => database.WriteAsync(
        async work =>
        {
            await work.RunAsync($"DELETE FROM api_call WHERE begun_at < {work.Now} - interval '24 hours'");
            var taken = await work.RunAsync(
                $"""
                INSERT INTO api_call AS c (key, fingerprint, begun_at) VALUES (@key, @fingerprint, {work.Now})
                ON CONFLICT (key) DO UPDATE SET begun_at = excluded.begun_at
                WHERE c.fingerprint = excluded.fingerprint AND c.status IS NULL AND c.begun_at < excluded.begun_at - interval '1 minute'
                """,
                new { key, fingerprint });
            return taken > 0
                ? null
                : await work.FirstAsync<RememberedCall>("SELECT fingerprint, status, body FROM api_call WHERE key = @key", new { key });
        },
        cancellationToken);

    public Task EndAsync(string key, int status, string? body, CancellationToken cancellationToken) => database.WriteAsync(
        work => work.RunAsync(
            body is null ? "DELETE FROM api_call WHERE key = @key" : "UPDATE api_call SET status = @status, body = @body WHERE key = @key",
            new { key, status, body }),
        cancellationToken);
}

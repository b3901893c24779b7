using Dapper;

namespace MailMarketing.Storage.Sqlite;

/// <summary>Addresses that get no campaign.</summary>
internal sealed class SqliteSuppressionStore(SqliteDatabase database) : ISuppressionStore
{
    private const char List = 's';

    public Task AddAsync(EmailAddress address, string reason, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            var now = database.Now;
            connection.Execute(
                "INSERT OR IGNORE INTO suppression (email_key, reason, created_at) VALUES (@Key, @reason, @now)", new { address.Key, reason, now });
            foreach (var contact in connection.Query<long>("SELECT id FROM contact WHERE email_key = @Key", new { address.Key }).ToList())
            {
                Withdrawal.Take(connection, contact, DeliveryState.Suppressed, AudienceRules.Suppressed, now);
            }

            return true;
        },
        cancellationToken);

    public Task<bool> RemoveAsync(EmailAddress address, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.Execute("DELETE FROM suppression WHERE email_key = @Key", new { address.Key }) > 0, cancellationToken);

    public Task<Page<Suppression>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        var parameters = new { after = page.AfterText(List) ?? "", pattern = page.Pattern(), limit = page.Limit + 1 };
        return database.ReadAsync(
            connection => connection.Query<(string Key, string Reason, long At)>(
                    """
                    SELECT email_key, reason, created_at FROM suppression
                    WHERE email_key > @after AND (@pattern IS NULL OR email_key LIKE @pattern ESCAPE '\')
                    ORDER BY email_key LIMIT @limit
                    """,
                    parameters)
                .Select(row => new Suppression(row.Key, row.Reason, DateTimeOffset.FromUnixTimeMilliseconds(row.At)))
                .ToList().ToPage(page, List, suppression => suppression.EmailKey),
            cancellationToken);
    }
}

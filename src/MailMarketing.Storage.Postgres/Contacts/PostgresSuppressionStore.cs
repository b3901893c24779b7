namespace MailMarketing.Storage.Postgres;

/// <summary>Addresses that get no campaign.</summary>
internal sealed class PostgresSuppressionStore(PostgresDatabase database) : ISuppressionStore
{
    private const char List = 's';

    public Task AddAsync(EmailAddress address, string reason, CancellationToken cancellationToken) => database.WriteAsync(
        async work =>
        {
            await work.RunAsync(
                $"INSERT INTO suppression (email_key, reason, created_at) VALUES (@Key, @reason, {work.Now}) ON CONFLICT DO NOTHING",
                new { address.Key, reason });
            if (await work.FirstAsync<long?>("SELECT id FROM contact WHERE email_key = @Key", new { address.Key }) is { } contact)
            {
                await Withdrawal.TakeAsync(work, [contact], DeliveryState.Suppressed, AudienceRules.Suppressed);
            }

            return true;
        },
        cancellationToken);

    public Task<bool> RemoveAsync(EmailAddress address, CancellationToken cancellationToken) => database.WriteAsync(
        async work => await work.RunAsync("DELETE FROM suppression WHERE email_key = @Key", new { address.Key }) > 0, cancellationToken);

    public Task<Page<Suppression>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        var parameters = new { after = page.AfterText(List) ?? "", pattern = page.Pattern(), limit = page.Limit + 1 };
        return database.ReadAsync(
            async work => (await work.ListAsync<(string Key, string Reason, DateTime At)>(
                    """
                    SELECT email_key, reason, created_at FROM suppression
                    WHERE email_key > @after AND (@pattern IS NULL OR email_key LIKE @pattern) ORDER BY email_key LIMIT @limit
                    """,
                    parameters))
                .ConvertAll(row => new Suppression(row.Key, row.Reason, row.At)).ToPage(page, List, suppression => suppression.EmailKey),
            cancellationToken);
    }
}

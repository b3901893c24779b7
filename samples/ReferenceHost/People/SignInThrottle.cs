using Microsoft.EntityFrameworkCore;

namespace ReferenceHost.People;

/// <summary>
/// Slows guessing down, for an account and for a client's address, with counts that outlive a restart. Five attempts are free; then each
/// waits, half a minute at most for an account, so that a stranger cannot lock its owner out. An attempt that is refused extends nothing.
/// </summary>
internal sealed class SignInThrottle(PeopleDb db, TimeProvider time)
{
    private static readonly TimeSpan _forget = TimeSpan.FromHours(1);
    private static readonly TimeSpan _longestOfAccount = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _longestOfAddress = TimeSpan.FromMinutes(5);

    /// <summary>Counts an attempt before it is judged, so that many at once are not judged at once; gives how long to wait, or null.</summary>
    public async Task<TimeSpan?> BeginAsync(string account, string address, CancellationToken cancellationToken) =>
        await CountAsync(AddressKey(address), _longestOfAddress, cancellationToken)
        ?? await CountAsync(AccountKey(account), _longestOfAccount, cancellationToken);

    /// <summary>Forgets the account's attempts, and the last one of the address.</summary>
    public async Task SucceededAsync(string account, string address, CancellationToken cancellationToken)
    {
        await RunAsync("""DELETE FROM {t} WHERE "Key" = {0}""", [AccountKey(account)], cancellationToken);
        await RunAsync("""UPDATE {t} SET "Failures" = "Failures" - 1, "Until" = 0 WHERE "Key" = {0}""", [AddressKey(address)], cancellationToken);
    }

    private async Task<TimeSpan?> CountAsync(string key, TimeSpan longest, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var counted = await RunAsync(
            """
            INSERT INTO {t} AS t ("Key", "Failures", "Until", "At") VALUES ({0}, 1, 0, {1})
            ON CONFLICT ("Key") DO UPDATE SET
                "Failures" = CASE WHEN t."At" < {2} THEN 1 ELSE t."Failures" + 1 END,
                "Until" = CASE WHEN t."At" < {2} OR t."Failures" < 4 THEN 0
                    WHEN t."Failures" < 6 THEN {1} + {3} / 6 WHEN t."Failures" < 8 THEN {1} + {3} / 2 ELSE {1} + {3} END,
                "At" = {1}
            WHERE t."Until" <= {1}
            """,
            [key, now, now - (long)_forget.TotalMilliseconds, (long)longest.TotalMilliseconds],
            cancellationToken);
        if (counted > 0)
        {
            return null;
        }

        var until = await db.Database.SqlQueryRaw<long>(
            Named("""SELECT "Until" AS "Value" FROM {t} WHERE "Key" = {0}"""), key).FirstOrDefaultAsync(cancellationToken);
        return TimeSpan.FromMilliseconds(Math.Max(1000, until - now));
    }

    private Task<int> RunAsync(string sql, object[] values, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlRawAsync(Named(sql), values, cancellationToken);

    private string Named(string sql) => sql.Replace("{t}", $"{db.Prefix}sign_in_throttles", StringComparison.Ordinal);

    private static string AccountKey(string account) => Secrets.Hash($"account {account.Trim().ToUpperInvariant()}");

    private static string AddressKey(string address) => Secrets.Hash($"address {address}");
}

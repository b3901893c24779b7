using System.Collections.Concurrent;
using System.Security.Claims;
using MailMarketing;
using Microsoft.EntityFrameworkCore;
using ReferenceHost.People;

namespace ReferenceHost.Tokens;

/// <summary>What programs sign in with: tokens that administrators make, and the one of the configuration.</summary>
internal sealed class ApiTokens(
    IServiceScopeFactory scopes, HostSettings settings, DemoDoor demo, AuditClient audit, TimeProvider time)
{
    public const string Claim = "token";

    private static readonly TimeSpan _fresh = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan _touch = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (ClaimsPrincipal? Principal, long ReadAt)> _known = new();

    /// <summary>Makes a token; gives its text, which nobody can read again.</summary>
    public async Task<string> AddAsync(string name, PersonRole scope, TimeSpan life, long personId, CancellationToken cancellationToken)
    {
        var text = TokenText.New();
        var now = time.GetUtcNow();
        await using var services = scopes.CreateAsyncScope();
        var db = services.ServiceProvider.GetRequiredService<PeopleDb>();
        var token = new ApiToken
        {
            Name = name, Hash = Secrets.Hash(text), Scope = scope, PersonId = personId,
            CreatedAt = now.ToUnixTimeMilliseconds(), ExpiresAt = (now + life).ToUnixTimeMilliseconds(),
        };
        db.Tokens.Add(token);
        await db.SaveChangesAsync(cancellationToken);
        await audit.RecordAsync("token.add", NameOf(token.Id), null, new { name, scope = $"{scope}", days = life.TotalDays }, CancellationToken.None);
        return text;
    }

    /// <summary>Ends a token; false where there is none.</summary>
    public async Task<bool> RevokeAsync(long id, CancellationToken cancellationToken)
    {
        await using var services = scopes.CreateAsyncScope();
        var gone = await services.ServiceProvider.GetRequiredService<PeopleDb>().Tokens.Where(token => token.Id == id).ExecuteDeleteAsync(cancellationToken);
        _known.Clear();
        if (gone > 0)
        {
            await audit.RecordAsync("token.revoke", NameOf(id), null, null, CancellationToken.None);
        }

        return gone > 0;
    }

    /// <summary>Whom a token stands for; null where it is none, has expired, was revoked, or its maker was disabled.</summary>
    public async Task<ClaimsPrincipal?> FindAsync(string text, CancellationToken cancellationToken)
    {
        if (settings.ApiToken is { } own && Secrets.AreSame(own, text))
        {
            return Principal("configured", "The configuration's token", PersonRole.Administrator);
        }

        if (!TokenText.IsOne(text))
        {
            return null;
        }

        var hash = Secrets.Hash(text);
        if (!_known.TryGetValue(hash, out var known) || time.GetElapsedTime(known.ReadAt) > _fresh)
        {
            known = (await ReadAsync(hash, cancellationToken), time.GetTimestamp());
            if (known.Principal is not null)
            {
                _known[hash] = known;
            }
            else
            {
                _known.TryRemove(hash, out _);
            }
        }

        return known.Principal;
    }

    private async Task<ClaimsPrincipal?> ReadAsync(string hash, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await using var services = scopes.CreateAsyncScope();
        var db = services.ServiceProvider.GetRequiredService<PeopleDb>();
        var found = await db.Tokens.AsNoTracking().Where(token => token.Hash == hash && token.ExpiresAt > now)
            .Join(db.Users, token => token.PersonId, person => person.Id, (token, person) => new { token, person })
            .FirstOrDefaultAsync(cancellationToken);
        if (found is null || found.person.IsDisabled || (found.person.IsDemo && !demo.IsOpen))
        {
            return null;
        }

        if (now - (found.token.UsedAt ?? 0) > _touch.TotalMilliseconds)
        {
            await db.Tokens.Where(token => token.Id == found.token.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(token => token.UsedAt, now), cancellationToken);
        }

        // Never more than its maker may do now
        var id = found.token.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Principal(id, found.token.Name, found.token.Scope < found.person.Role ? found.token.Scope : found.person.Role);
    }

    // As the audit log has it, both as who acts and as what was changed
    private static string NameOf(object id) => FormattableString.Invariant($"token {id}");

    private static ClaimsPrincipal Principal(string id, string name, PersonRole role) => new(new ClaimsIdentity(
        [new(Claim, id), new(ClaimTypes.Name, NameOf(id)), new("label", name), new(ClaimTypes.Role, role.ToString())], Security.Schemes.Token));
}

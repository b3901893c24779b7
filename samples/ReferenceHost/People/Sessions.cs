using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using MailMarketing;
using Microsoft.EntityFrameworkCore;

namespace ReferenceHost.People;

/// <summary>Who is signed in, by the store alone: a session that is deleted there ends within a second on every node.</summary>
internal sealed class Sessions(IServiceScopeFactory scopes, DemoDoor demo, HostSettings settings, AuditClient audit, TimeProvider time)
{
    public const string Claim = "session";

    /// <summary>When the password was last given, in Unix milliseconds.</summary>
    public const string Confirmed = "confirmed";

    /// <summary>Of an administrator who has to turn the second factor on before anything else; such a one has no role yet.</summary>
    public const string NeedsSecondFactor = "needs-second-factor";

    private const int BrowserLength = 200;

    private static readonly TimeSpan _idle = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan _longest = TimeSpan.FromHours(12);
    private static readonly TimeSpan _fresh = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan _touch = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Known> _known = new();

    /// <summary>Begins a session; gives the principal that the cookie carries.</summary>
    public async Task<ClaimsPrincipal> BeginAsync(Person person, string browser, CancellationToken cancellationToken)
    {
        var secret = Secrets.New();
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PeopleDb>();
        var oldest = now - (long)_longest.TotalMilliseconds;
        await db.Sessions.Where(session => session.CreatedAt < oldest).ExecuteDeleteAsync(cancellationToken);
        db.Sessions.Add(new Session
        {
            Id = Secrets.Hash(secret), PersonId = person.Id, CreatedAt = now, SeenAt = now, ConfirmedAt = now,
            Browser = browser.Length > BrowserLength ? browser[..BrowserLength] : browser,
        });
        await db.SaveChangesAsync(cancellationToken);
        await audit.RecordAsync("person.sign-in", person.ForAudit, null, null, CancellationToken.None);
        return Principal(secret, person, now);
    }

    /// <summary>Whether the host asks for a second factor that this person has not turned on. Who signs in elsewhere, or in the demo, is judged there.</summary>
    public bool LacksSecondFactor(Person person) => settings.RequireSecondFactor
        && person is { Role: PersonRole.Administrator, TwoFactorEnabled: false, IsDemo: false, PasswordHash: not null };

    /// <summary>The password was given once more.</summary>
    public async Task ConfirmAsync(string secret, CancellationToken cancellationToken)
    {
        var (id, now) = (Secrets.Hash(secret), time.GetUtcNow().ToUnixTimeMilliseconds());
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<PeopleDb>().Sessions.Where(one => one.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.ConfirmedAt, now), cancellationToken);
        _known.Clear();
    }

    /// <summary>The principal as it is now; null where the session has ended. What was read less than a second ago counts.</summary>
    /// <param name="secret">What the cookie holds.</param>
    /// <param name="isActive">Whether a person did something, which keeps the session from ending for want of use.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ClaimsPrincipal?> FindAsync(string secret, bool isActive, CancellationToken cancellationToken)
    {
        var id = Secrets.Hash(secret);
        if (!_known.TryGetValue(id, out var known) || time.GetElapsedTime(known.ReadAt) > _fresh)
        {
            known = new Known(await ReadAsync(id, secret, cancellationToken), time.GetTimestamp());
            _known[id] = known;
            Forget();
        }

        if (isActive && known.Session is { } session && time.GetUtcNow().ToUnixTimeMilliseconds() - session.SeenAt > _touch.TotalMilliseconds)
        {
            await TouchAsync(session, cancellationToken);
        }

        return known.Principal;
    }

    /// <summary>Ends one session.</summary>
    public Task EndAsync(string secret, CancellationToken cancellationToken)
    {
        var id = Secrets.Hash(secret);
        return DeleteAsync(sessions => sessions.Where(session => session.Id == id), cancellationToken);
    }

    /// <summary>Ends one session of a person, by its id.</summary>
    public Task EndAsync(long personId, string id, CancellationToken cancellationToken) =>
        DeleteAsync(sessions => sessions.Where(session => session.PersonId == personId && session.Id == id), cancellationToken);

    /// <summary>Ends all sessions of a person, but one where it is named.</summary>
    public Task EndAllAsync(long personId, string? butSecret, CancellationToken cancellationToken)
    {
        var but = butSecret is null ? "" : Secrets.Hash(butSecret);
        return DeleteAsync(sessions => sessions.Where(session => session.PersonId == personId && session.Id != but), cancellationToken);
    }

    private async Task DeleteAsync(Func<IQueryable<Session>, IQueryable<Session>> which, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await which(scope.ServiceProvider.GetRequiredService<PeopleDb>().Sessions).ExecuteDeleteAsync(cancellationToken);
        _known.Clear();
    }

    private async Task<(Session?, ClaimsPrincipal?)> ReadAsync(string id, string secret, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (oldest, quietest) = ((now - _longest).ToUnixTimeMilliseconds(), (now - _idle).ToUnixTimeMilliseconds());
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PeopleDb>();
        var found = await db.Sessions.AsNoTracking()
            .Where(session => session.Id == id && session.CreatedAt > oldest && session.SeenAt > quietest)
            .Join(db.Users, session => session.PersonId, person => person.Id, (session, person) => new { session, person })
            .FirstOrDefaultAsync(cancellationToken);
        return found is null || found.person.IsDisabled || (found.person.IsDemo && !demo.IsOpen)
            ? (null, null)
            : (found.session, Principal(secret, found.person, found.session.ConfirmedAt));
    }

    private async Task TouchAsync(Session session, CancellationToken cancellationToken)
    {
        session.SeenAt = time.GetUtcNow().ToUnixTimeMilliseconds();
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<PeopleDb>().Sessions.Where(one => one.Id == session.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.SeenAt, session.SeenAt), cancellationToken);
    }

    private void Forget()
    {
        const int many = 1000;
        if (_known.Count > many)
        {
            _known.Clear();
        }
    }

    private ClaimsPrincipal Principal(string secret, Person person, long confirmedAt) => new(new ClaimsIdentity(
        [
            new(Claim, secret), new(ClaimTypes.NameIdentifier, person.Id.ToString(CultureInfo.InvariantCulture)),
            new(ClaimTypes.Name, person.Email!), new(Confirmed, confirmedAt.ToString(CultureInfo.InvariantCulture)),
            LacksSecondFactor(person) ? new(NeedsSecondFactor, "true") : new(ClaimTypes.Role, person.Role.ToString()),
        ],
        Security.Schemes.Session));

    private sealed record Known((Session? Session, ClaimsPrincipal? Principal) Found, long ReadAt)
    {
        public Session? Session => Found.Session;

        public ClaimsPrincipal? Principal => Found.Principal;
    }
}

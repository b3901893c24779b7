using System.Text;
using MailMarketing;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ReferenceHost.People;

/// <summary>What is done with accounts, whoever asks for it.</summary>
internal sealed class Accounts(PeopleDb db, UserManager<Person> users, Sessions sessions, AuditClient audit, TimeProvider time)
{
    /// <summary>Of PBKDF2 with SHA-512; a password that was hashed with fewer gets these when it is next used.</summary>
    public const int Rounds = 600_000;

    // Made once, so that an account that does not exist takes as long to judge as one that does
    private static string? _nobody;

    public Task<bool> HasAdministratorAsync(CancellationToken cancellationToken) =>
        db.Users.AnyAsync(person => person.Role == PersonRole.Administrator && !person.IsDemo, cancellationToken);

    /// <summary>Who has this address and password; null where nobody does, and after the same work.</summary>
    public async Task<Person?> FindAsync(string email, string password)
    {
        var person = await users.FindByEmailAsync(email);
        if (person?.PasswordHash is null)
        {
            var nobody = person ?? new Person();
            _nobody ??= users.PasswordHasher.HashPassword(nobody, Secrets.New());
            users.PasswordHasher.VerifyHashedPassword(nobody, _nobody, password);
            return null;
        }

        return await users.CheckPasswordAsync(person, password) && !person.IsDisabled ? person : null;
    }

    /// <summary>Adds somebody; without a password they cannot sign in before they follow an invitation.</summary>
    public async Task<Result<Person>> AddAsync(string email, PersonRole role, string? password, bool isDemo = false)
    {
        if (!EmailAddress.TryParse(email, out var address, out var mistake))
        {
            return Problem.Invalid("email", mistake);
        }

        var person = New(address.Value, role);
        person.IsDemo = isDemo;
        var added = Read(password is null ? await users.CreateAsync(person) : await users.CreateAsync(person, password), person);
        return await NoteAsync(added, "person.add", null, person.Rights);
    }

    /// <summary>Adds the first administrator; refused where there is one by now, whoever was quicker.</summary>
    public async Task<Result<Person>> AddFirstAsync(string email, string password, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancellationToken);
        if (await HasAdministratorAsync(cancellationToken))
        {
            return Problem.Conflict("There is an administrator by now: ask them for an invitation.");
        }

        var added = await AddAsync(email, PersonRole.Administrator, password);
        if (added.Succeeded)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return added;
    }

    /// <summary>The one of demo mode, made at the first click.</summary>
    public async Task<Person> DemoAsync(CancellationToken cancellationToken) =>
        await db.Users.FirstOrDefaultAsync(person => person.IsDemo, cancellationToken)
        ?? (await AddAsync("demo@example.org", PersonRole.Administrator, null, isDemo: true)).OrThrow();

    /// <summary>Gives a password by a link that was sent; all sessions end, and the link is good no more.</summary>
    public async Task<Result<Person>> SetPasswordAsync(string purpose, string id, string token, string password, CancellationToken cancellationToken)
    {
        var person = await users.FindByIdAsync(id);
        if (person is null || person.IsDisabled || person.IsDemo
            || !await users.VerifyUserTokenAsync(person, purpose, purpose, token))
        {
            return Problem.Conflict("This link is good no more: it works once, and not for long. Ask for another one.");
        }

        if (Judge(password, person) is { } problem)
        {
            return problem;
        }

        person.PasswordHash = users.PasswordHasher.HashPassword(person, password);
        person.EmailConfirmed = true;
        return await ChangedAsync(person, null, "person.password", null, cancellationToken);
    }

    public async Task<Result<Person>> ChangePasswordAsync(
        Person person, string old, string password, string session, CancellationToken cancellationToken)
    {
        if (Judge(password, person) is { } problem)
        {
            return problem;
        }

        var changed = Read(await users.ChangePasswordAsync(person, old, password), person);
        if (changed.Succeeded)
        {
            await sessions.EndAllAsync(person.Id, session, cancellationToken);
        }

        return await NoteAsync(changed, "person.password", null, null);
    }

    /// <summary>Gives another role, or disables and enables; the last administrator stays one.</summary>
    public async Task<Result<Person>> ChangeAsync(long id, Action<Person> change, CancellationToken cancellationToken)
    {
        if (await db.Users.FirstOrDefaultAsync(one => one.Id == id && !one.IsDemo, cancellationToken) is not { } person)
        {
            return Problem.NotFound("person", id);
        }

        var others = await db.Users.CountAsync(
            one => one.Id != id && one.Role == PersonRole.Administrator && !one.IsDisabled && !one.IsDemo && one.PasswordHash != null, cancellationToken);
        var before = person.Rights;
        change(person);
        return others == 0 && (person.IsDisabled || person.Role != PersonRole.Administrator)
            ? Problem.Conflict("Somebody has to stay an administrator: make another one first.")
            : await ChangedAsync(person, null, "person.change", before, cancellationToken);
    }

    /// <summary>Gives the role that an identity provider says; its word counts for the last administrator too.</summary>
    public async Task<Result<Person>> ChangeRoleAsync(Person person, PersonRole role)
    {
        var before = person.Rights;
        person.Role = role;
        return await NoteAsync(Read(await users.UpdateAsync(person), person), "person.change", before, person.Rights);
    }

    /// <summary>Turns the second factor on or off; other browsers are signed out.</summary>
    public Task<Result<Person>> SetSecondFactorAsync(Person person, bool isOn, string session, CancellationToken cancellationToken)
    {
        var before = person.Rights;
        person.TwoFactorEnabled = isOn;
        return ChangedAsync(person, session, "person.change", before, cancellationToken);
    }

    // Writes a change down, ends every link that was sent, and every session but one
    private async Task<Result<Person>> ChangedAsync(
        Person person, string? butSession, string action, object? before, CancellationToken cancellationToken)
    {
        // Also writes the person
        var changed = Read(await users.UpdateSecurityStampAsync(person), person);
        if (changed.Succeeded)
        {
            await sessions.EndAllAsync(person.Id, butSession, cancellationToken);
        }

        return await NoteAsync(changed, action, before, before is null ? null : person.Rights);
    }

    // Writes what was done into the audit log once it has succeeded
    private async Task<Result<Person>> NoteAsync(Result<Person> done, string action, object? before, object? after)
    {
        if (done.Succeeded)
        {
            await audit.RecordAsync(action, done.Value.ForAudit, before, after, CancellationToken.None);
        }

        return done;
    }

    /// <summary>Judges the code of an app, each of which is good once.</summary>
    public async Task<bool> IsCodeAsync(Person person, string code, CancellationToken cancellationToken)
    {
        var plain = code.Replace(" ", "", StringComparison.Ordinal);
        if (await users.GetAuthenticatorKeyAsync(person) is not { } key || Totp.StepOf(key, plain, time.GetUtcNow()) is not { } step)
        {
            return false;
        }

        return await db.Users.Where(one => one.Id == person.Id && one.LastCode < step)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.LastCode, step), cancellationToken) == 1;
    }

    private Person New(string email, PersonRole role) =>
        new() { Email = email, UserName = email, Role = role, CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds() };

    private static Problem? Judge(string password, Person person) =>
        PasswordRules.Judge(password, person.Email!) is { } mistake ? Problem.Invalid("password", mistake) : null;

    private static Result<Person> Read(IdentityResult result, Person person)
    {
        if (result.Succeeded)
        {
            return person;
        }

        var text = new StringBuilder();
        foreach (var error in result.Errors.Where(error => error.Code != nameof(IdentityErrorDescriber.DuplicateUserName)))
        {
            text.Append(error.Description).Append(' ');
        }

        return Problem.Conflict(text.ToString().TrimEnd());
    }
}

using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace ReferenceHost.People;

/// <summary>Identity's own store, but that it keeps authenticator keys encrypted and recovery codes hashed.</summary>
internal sealed class PersonStore(PeopleDb db, IdentityErrorDescriber errors, IDataProtectionProvider protection)
    : UserOnlyStore<Person, PeopleDb, long>(db, errors)
{
    private const string Provider = "MailMarketing";
    private const string RecoveryCodes = "RecoveryCodes";

    private readonly IDataProtector _keys = protection.CreateProtector("MailMarketing.People.AuthenticatorKey");

    public override Task SetAuthenticatorKeyAsync(Person user, string key, CancellationToken cancellationToken) =>
        base.SetAuthenticatorKeyAsync(user, _keys.Protect(key), cancellationToken);

    public override async Task<string?> GetAuthenticatorKeyAsync(Person user, CancellationToken cancellationToken)
    {
        try
        {
            return await base.GetAuthenticatorKeyAsync(user, cancellationToken) is { } key ? _keys.Unprotect(key) : null;
        }
        catch (CryptographicException)
        {
            // The key ring that encrypted it is gone; an administrator turns the second factor off, and the person sets it up again
            return null;
        }
    }

    public override Task ReplaceCodesAsync(Person user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        WriteAsync(user, recoveryCodes.Select(Secrets.Hash), cancellationToken);

    public override async Task<bool> RedeemCodeAsync(Person user, string code, CancellationToken cancellationToken)
    {
        var codes = await ReadAsync(user, cancellationToken);
        if (!codes.Remove(Secrets.Hash(code)))
        {
            return false;
        }

        await WriteAsync(user, codes, cancellationToken);
        return true;
    }

    public override async Task<int> CountCodesAsync(Person user, CancellationToken cancellationToken) =>
        (await ReadAsync(user, cancellationToken)).Count;

    private Task WriteAsync(Person user, IEnumerable<string> hashes, CancellationToken cancellationToken) =>
        SetTokenAsync(user, Provider, RecoveryCodes, string.Join(' ', hashes), cancellationToken);

    private async Task<List<string>> ReadAsync(Person user, CancellationToken cancellationToken) =>
        [.. (await GetTokenAsync(user, Provider, RecoveryCodes, cancellationToken) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}

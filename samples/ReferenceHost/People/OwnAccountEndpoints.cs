using System.Security.Claims;
using MailMarketing;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using QRCoder;
using ReferenceHost.People.Pages;

namespace ReferenceHost.People;

/// <summary>What people do with their own account.</summary>
internal static class OwnAccountEndpoints
{
    private const int RecoveryCodes = 10;

    public static void Map(RouteGroupBuilder own)
    {
        own.MapGet("/account", async (HttpContext context, UserManager<Person> users, PeopleDb db) =>
            await PageAsync(await OfAsync(context, users), users, db, null, null, context));
        own.MapPost("/account/password", PasswordAsync);
        own.MapPost("/account/two-factor/set-up", SetUpAsync);
        own.MapPost("/account/two-factor", TurnOnAsync);
        own.MapPost("/account/two-factor/off", TurnOffAsync);
        own.MapPost("/account/sessions/end", EndSessionsAsync);
    }

    private static async Task<IResult> PasswordAsync(
        HttpContext context, [FromForm] string? old, [FromForm] string? password, Accounts accounts, UserManager<Person> users, PeopleDb db,
        SignInThrottle throttle)
    {
        var person = await OfAsync(context, users);
        if (await throttle.BeginAsync(person.Email!, SignInEndpoints.AddressOf(context), context.RequestAborted) is { } wait)
        {
            return SignInEndpoints.Slow(context, wait);
        }

        var changed = await accounts.ChangePasswordAsync(person, old ?? "", password ?? "", SecretOf(context), context.RequestAborted);
        return await PageAsync(person, users, db, changed.Problem, changed.Succeeded ? "Your password is changed; all other browsers are signed out." : null, context);
    }

    private static async Task<IResult> SetUpAsync(HttpContext context, UserManager<Person> users, PeopleDb db)
    {
        var person = await OfAsync(context, users);
        if (!person.TwoFactorEnabled)
        {
            await users.ResetAuthenticatorKeyAsync(person);
        }

        return await PageAsync(person, users, db, null, null, context);
    }

    private static async Task<IResult> TurnOnAsync(
        HttpContext context, [FromForm] string? code, Accounts accounts, UserManager<Person> users, PeopleDb db)
    {
        var person = await OfAsync(context, users);
        if (person.TwoFactorEnabled || !await accounts.IsCodeAsync(person, code ?? "", context.RequestAborted))
        {
            return await PageAsync(person, users, db, Problem.Conflict("The code is wrong: scan the picture again, and type what the app shows now."), null, context);
        }

        await db.Entry(person).ReloadAsync(context.RequestAborted);
        (await accounts.SetSecondFactorAsync(person, true, SecretOf(context), context.RequestAborted)).OrThrow();
        var codes = await users.GenerateNewTwoFactorRecoveryCodesAsync(person, RecoveryCodes) ?? [];
        return AccountPages.Show<RecoveryCodesPage>(new { Codes = codes.ToList() });
    }

    private static async Task<IResult> TurnOffAsync(
        HttpContext context, [FromForm] string? password, Accounts accounts, UserManager<Person> users, PeopleDb db, SignInThrottle throttle,
        HostSettings settings)
    {
        var person = await OfAsync(context, users);
        if (await throttle.BeginAsync(person.Email!, SignInEndpoints.AddressOf(context), context.RequestAborted) is { } wait)
        {
            return SignInEndpoints.Slow(context, wait);
        }

        if (!await users.CheckPasswordAsync(person, password ?? ""))
        {
            return await PageAsync(person, users, db, Problem.Conflict("The password is wrong."), null, context);
        }

        if (settings.RequireSecondFactor && person.Role == PersonRole.Administrator)
        {
            return await PageAsync(person, users, db, Problem.Conflict("Administrators of this host need a second factor."), null, context);
        }

        await users.ResetAuthenticatorKeyAsync(person);
        (await accounts.SetSecondFactorAsync(person, false, SecretOf(context), context.RequestAborted)).OrThrow();
        return await PageAsync(person, users, db, null, "The second factor is off.", context);
    }

    private static async Task<IResult> EndSessionsAsync(
        HttpContext context, [FromForm] string? session, UserManager<Person> users, PeopleDb db, Sessions sessions)
    {
        var person = await OfAsync(context, users);
        if (session is not null)
        {
            await sessions.EndAsync(person.Id, session, context.RequestAborted);
            return await PageAsync(person, users, db, null, "That browser is signed out.", context);
        }

        await sessions.EndAllAsync(person.Id, null, context.RequestAborted);
        return Results.LocalRedirect("/sign-in");
    }

    private static async Task<IResult> PageAsync(
        Person person, UserManager<Person> users, PeopleDb db, Problem? problem, string? done, HttpContext context)
    {
        var key = person.TwoFactorEnabled ? null : await users.GetAuthenticatorKeyAsync(person);
        var uri = key is null ? null : $"otpauth://totp/MailMarketing:{Uri.EscapeDataString(person.Email!)}?secret={key}&issuer=MailMarketing";
        var sessions = await db.Sessions.AsNoTracking().Where(session => session.PersonId == person.Id)
            .OrderByDescending(session => session.SeenAt).ToListAsync(context.RequestAborted);
        return AccountPages.Show<AccountPage>(
            new
            {
                Person = person, Sessions = sessions, Own = Secrets.Hash(SecretOf(context)),
                MustTurnOn = context.User.HasClaim(claim => claim.Type == People.Sessions.NeedsSecondFactor),
                Key = key, Picture = uri is null ? null : Picture(uri),
                Mistake = problem is null ? null : PasswordEndpoints.Text(problem), Done = done,
            },
            AccountPages.StatusOf(problem));
    }

    private static string Picture(string text)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        return new SvgQRCode(data).GetGraphic(4);
    }

    internal static async Task<Person> OfAsync(HttpContext context, UserManager<Person> users) =>
        (await users.FindByIdAsync(context.User.FindFirst(ClaimTypes.NameIdentifier)!.Value))!;

    internal static string SecretOf(HttpContext context) => context.User.FindFirst(Sessions.Claim)!.Value;
}

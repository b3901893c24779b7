using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using ReferenceHost.People.Pages;
using ReferenceHost.Security;

namespace ReferenceHost.People;

/// <summary>Signing in and out.</summary>
internal static class SignInEndpoints
{
    private static readonly TimeSpan _codeTime = TimeSpan.FromMinutes(5);

    public static void Map(RouteGroupBuilder open)
    {
        open.MapGet("/sign-in", (HttpContext context, string? returnUrl, DemoDoor demo, HostSettings settings) =>
            Page(context, returnUrl, demo, settings, null, StatusCodes.Status200OK));
        open.MapPost("/sign-in", SignInAsync);
        open.MapPost("/sign-in/code", CodeAsync);
        open.MapPost("/sign-in/demo", DemoAsync);
        open.MapGet("/sign-out", () => AccountPages.Show<SignOutPage>(new { }));
        open.MapPost("/sign-out", SignOutAsync);
    }

    /// <summary>Begins a session under a new id.</summary>
    public static async Task BeginAsync(HttpContext context, Person person)
    {
        var principal = await context.RequestServices.GetRequiredService<Sessions>()
            .BeginAsync(person, context.Request.Headers.UserAgent.ToString(), context.RequestAborted);
        await context.SignInAsync(Schemes.Session, principal);
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context, [FromForm] string? email, [FromForm] string? password, [FromForm] string? returnUrl,
        Accounts accounts, SignInThrottle throttle, DemoDoor demo, HostSettings settings, IDataProtectionProvider protection)
    {
        var (account, address) = (email ?? "", AddressOf(context));
        if (await throttle.BeginAsync(account, address, context.RequestAborted) is { } wait)
        {
            return Slow(context, wait);
        }

        if (await accounts.FindAsync(account, password ?? "") is not { } person)
        {
            return Page(
                context, returnUrl, demo, settings, "The address or the password is wrong, or the account is disabled.", StatusCodes.Status401Unauthorized);
        }

        await throttle.SucceededAsync(account, address, context.RequestAborted);
        if (person.TwoFactorEnabled)
        {
            return CodePage(Ticket(protection).Protect($"{person.Id} {person.SecurityStamp}", _codeTime), returnUrl, null);
        }

        await BeginAsync(context, person);
        return Results.LocalRedirect(LocalAddress.Of(returnUrl));
    }

    private static async Task<IResult> CodeAsync(
        HttpContext context, [FromForm] string? ticket, [FromForm] string? code, [FromForm] string? returnUrl,
        Accounts accounts, UserManager<Person> users, SignInThrottle throttle, IDataProtectionProvider protection)
    {
        if (await ReadAsync(Ticket(protection), ticket, users) is not { } person)
        {
            return Results.LocalRedirect("/sign-in");
        }

        // Codes are few: guessing them is slowed down like guessing passwords
        var account = $"code of {person.Id.ToString(CultureInfo.InvariantCulture)}";
        if (await throttle.BeginAsync(account, AddressOf(context), context.RequestAborted) is { } wait)
        {
            return Slow(context, wait);
        }

        var plain = (code ?? "").Trim();
        if (!await accounts.IsCodeAsync(person, plain, context.RequestAborted)
            && !(await users.RedeemTwoFactorRecoveryCodeAsync(person, plain)).Succeeded)
        {
            return CodePage(ticket!, returnUrl, "The code is wrong, or was used before. A new one comes every half minute.");
        }

        await throttle.SucceededAsync(account, AddressOf(context), context.RequestAborted);
        await BeginAsync(context, person);
        return Results.LocalRedirect(LocalAddress.Of(returnUrl));
    }

    private static async Task<IResult> DemoAsync(HttpContext context, [FromForm] string? returnUrl, DemoDoor demo, Accounts accounts)
    {
        if (!demo.IsOpenFor(context))
        {
            return Results.NotFound();
        }

        await BeginAsync(context, await accounts.DemoAsync(context.RequestAborted));
        return Results.LocalRedirect(LocalAddress.Of(returnUrl));
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, Sessions sessions)
    {
        if (context.User.FindFirst(Sessions.Claim)?.Value is { } secret)
        {
            await sessions.EndAsync(secret, context.RequestAborted);
        }

        await context.SignOutAsync(Schemes.Session);
        return Results.LocalRedirect("/sign-in");
    }

    private static async Task<Person?> ReadAsync(ITimeLimitedDataProtector tickets, string? ticket, UserManager<Person> users)
    {
        try
        {
            return tickets.Unprotect(ticket ?? "").Split(' ') is [var id, var stamp]
                && await users.FindByIdAsync(id) is { IsDisabled: false } person && person.SecurityStamp == stamp ? person : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static ITimeLimitedDataProtector Ticket(IDataProtectionProvider protection) =>
        protection.CreateProtector("MailMarketing.People.CodeTicket").ToTimeLimitedDataProtector();

    private static IResult Page(HttpContext context, string? returnUrl, DemoDoor demo, HostSettings settings, string? mistake, int status) =>
        AccountPages.Show<SignInPage>(
            new
            {
                Mistake = mistake,
                ReturnUrl = LocalAddress.Of(returnUrl),
                IsDemo = demo.IsOpenFor(context),
                IsPlain = !context.Request.IsHttps && !new Uri($"http://{context.Request.Host}").IsLoopback,
                OpenIdName = settings.OpenIdAuthority?.Host,
            },
            status);

    private static IResult CodePage(string ticket, string? returnUrl, string? mistake) => AccountPages.Show<CodePage>(
        new { Ticket = ticket, ReturnUrl = LocalAddress.Of(returnUrl), Mistake = mistake },
        mistake is null ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized);

    internal static IResult Slow(HttpContext context, TimeSpan wait)
    {
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        Log.SlowedDown(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SignInEndpoints)), seconds);
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return AccountPages.Notice("Too many attempts", $"Wait {seconds} seconds and try again.", StatusCodes.Status429TooManyRequests);
    }

    internal static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";
}

using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using ReferenceHost.People.Pages;

namespace ReferenceHost.People;

/// <summary>Asks for the password once more, before what must not be done by whoever finds a browser open.</summary>
internal static class ConfirmEndpoints
{
    public const string Page = "/account/confirm";

    public static void Map(RouteGroupBuilder own)
    {
        own.MapGet(Page, (string? returnUrl) => Show(returnUrl, null, StatusCodes.Status200OK));
        own.MapPost(Page, ConfirmAsync);
    }

    private static async Task<IResult> ConfirmAsync(
        HttpContext context, [FromForm] string? password, [FromForm] string? returnUrl, UserManager<Person> users, Sessions sessions,
        SignInThrottle throttle)
    {
        var person = await OwnAccountEndpoints.OfAsync(context, users);
        var address = SignInEndpoints.AddressOf(context);
        if (await throttle.BeginAsync(person.Email!, address, context.RequestAborted) is { } wait)
        {
            return SignInEndpoints.Slow(context, wait);
        }

        if (!await users.CheckPasswordAsync(person, password ?? ""))
        {
            return Show(returnUrl, "The password is wrong.", StatusCodes.Status401Unauthorized);
        }

        await throttle.SucceededAsync(person.Email!, address, context.RequestAborted);
        await sessions.ConfirmAsync(OwnAccountEndpoints.SecretOf(context), context.RequestAborted);
        return Results.LocalRedirect(LocalAddress.Of(returnUrl));
    }

    private static IResult Show(string? returnUrl, string? mistake, int status) =>
        AccountPages.Show<ConfirmPage>(new { ReturnUrl = LocalAddress.Of(returnUrl), Mistake = mistake }, status);
}

using MailMarketing;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using ReferenceHost.People.Pages;

namespace ReferenceHost.People;

/// <summary>How a person comes to a password: set-up, invitation, and having forgotten it.</summary>
internal static class PasswordEndpoints
{
    public static void Map(RouteGroupBuilder open)
    {
        open.MapGet("/set-up", ShowSetUpAsync);
        open.MapPost("/set-up", SetUpAsync);
        open.MapGet("/forgot-password", () => AccountPages.Show<ForgotPage>(new { }));
        open.MapPost("/forgot-password", Forgot);
        foreach (var purpose in new[] { Links.Invite, Links.Reset })
        {
            open.MapGet($"/{purpose}", (string? person, string? token) => Page(purpose, person, token, null));
            open.MapPost(
                $"/{purpose}",
                ([FromForm] string? person, [FromForm] string? token, [FromForm] string? password, Accounts accounts, CancellationToken stop) =>
                    ChooseAsync(purpose, person, token, password, accounts, stop));
        }
    }

    private static async Task<IResult> ShowSetUpAsync(HttpContext context, string? token, SetUp setUp, Accounts accounts) =>
        await accounts.HasAdministratorAsync(context.RequestAborted) || !setUp.IsOpenFor(context, token)
            ? Results.NotFound()
            : AccountPages.Show<SetUpPage>(new { Token = token });

    private static async Task<IResult> SetUpAsync(
        HttpContext context, [FromForm] string? token, [FromForm] string? email, [FromForm] string? password, SetUp setUp, Accounts accounts)
    {
        if (await accounts.HasAdministratorAsync(context.RequestAborted) || !setUp.IsOpenFor(context, token))
        {
            return Results.NotFound();
        }

        var added = await accounts.AddFirstAsync(email ?? "", password ?? "", context.RequestAborted);
        if (!added.Succeeded)
        {
            return AccountPages.Show<SetUpPage>(
                new { Token = token, Email = email, Mistake = Text(added.Problem) }, AccountPages.StatusOf(added.Problem));
        }

        await SignInEndpoints.BeginAsync(context, added.Value);
        return Results.LocalRedirect("/");
    }

    // Answers at once and always the same: whether there is such an account is found out afterwards
    private static IResult Forgot([FromForm] string? email, IServiceScopeFactory scopes, IHostApplicationLifetime lifetime)
    {
        _ = Task.Run(async () =>
        {
            await using var scope = scopes.CreateAsyncScope();
            var users = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
            if (await users.FindByEmailAsync(email ?? "") is { IsDisabled: false, IsDemo: false } person)
            {
                var links = scope.ServiceProvider.GetRequiredService<Links>();
                await links.MailAsync(person, Links.Reset, await links.MakeAsync(person, Links.Reset), lifetime.ApplicationStopping);
            }
        });
        return AccountPages.Notice("Look into your mail", "If there is an account with this address, a link is on its way to it. It is good for an hour.");
    }

    private static async Task<IResult> ChooseAsync(
        string purpose, string? person, string? token, string? password, Accounts accounts, CancellationToken cancellationToken)
    {
        var chosen = await accounts.SetPasswordAsync(purpose, person ?? "", token ?? "", password ?? "", cancellationToken);
        return chosen.Succeeded
            ? AccountPages.Notice("Your password is set", "Sign in with it now.")
            : Page(purpose, person, token, Text(chosen.Problem));
    }

    private static IResult Page(string purpose, string? person, string? token, string? mistake) => AccountPages.Show<NewPasswordPage>(
        new { Purpose = purpose, Person = person, Token = token, Mistake = mistake },
        mistake is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    internal static string Text(Problem problem) =>
        problem.Errors.Count > 0 ? string.Join(' ', problem.Errors.SelectMany(error => error.Value)) : problem.Detail;
}

using System.Security.Claims;
using MailMarketing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using ReferenceHost.Security;

namespace ReferenceHost.People;

/// <summary>
/// Sign-in by an organisation's own identity provider; <c>MailMarketing:OpenIdConnect</c>. Its word decides the role at each sign-in; who has
/// none of the three gets no account, and one who is disabled here stays out.
/// </summary>
internal sealed class OpenId
{
    public Uri? Authority { get; set; }

    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    /// <summary>The claim that tells the role; default <c>roles</c>.</summary>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>The claim's value for an administrator; default <c>administrator</c>.</summary>
    public string Administrator { get; set; } = "administrator";

    /// <summary>The claim's value for a marketer; default <c>marketer</c>.</summary>
    public string Marketer { get; set; } = "marketer";

    /// <summary>The claim's value for a viewer; default <c>viewer</c>.</summary>
    public string Viewer { get; set; } = "viewer";

    public void Add(AuthenticationBuilder schemes)
    {
        if (Authority is null)
        {
            return;
        }

        if (string.IsNullOrEmpty(ClientId))
        {
            throw new BadSettingException($"{HostSettings.Section}:OpenIdConnect:ClientId", "the identity provider knows this host by it.");
        }

        schemes.AddOpenIdConnect(Schemes.OpenId, options =>
        {
            (options.Authority, options.ClientId, options.ClientSecret) = (Authority.AbsoluteUri, ClientId, ClientSecret);
            options.RequireHttpsMetadata = !Authority.IsLoopback;
            options.SignInScheme = Schemes.Session;
            options.ResponseType = "code";
            options.MapInboundClaims = false;
            options.SaveTokens = false;
            options.Scope.Add("email");
            options.NonceCookie.SecurePolicy = CookieSecurePolicy.Always;
            options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.Always;
            options.Events.OnTokenValidated = ValidatedAsync;
            options.Events.OnRemoteFailure = context =>
            {
                context.HandleResponse();
                return AccountPages.Notice(
                    "You could not be signed in", context.Failure is AuthenticationFailureException { Message: var why } ? why : "Try again.",
                    StatusCodes.Status403Forbidden).ExecuteAsync(context.HttpContext);
            };
        });
    }

    public static void Map(RouteGroupBuilder open) => open.MapPost("/sign-in/openid", ([FromForm] string? returnUrl, HostSettings settings) =>
        settings.OpenIdAuthority is null
            ? Results.NotFound()
            : Results.Challenge(new AuthenticationProperties { RedirectUri = LocalAddress.Of(returnUrl) }, [Schemes.OpenId]));

    private async Task ValidatedAsync(TokenValidatedContext context)
    {
        var services = context.HttpContext.RequestServices;
        var result = await FindAsync(context.Principal!, services.GetRequiredService<Accounts>(), services.GetRequiredService<UserManager<Person>>());
        if (!result.Succeeded)
        {
            context.Fail(new AuthenticationFailureException(result.Problem.Detail));
            return;
        }

        context.Principal = await services.GetRequiredService<Sessions>().BeginAsync(
            result.Value, context.Request.Headers.UserAgent.ToString(), context.HttpContext.RequestAborted);
    }

    private async Task<Result<Person>> FindAsync(ClaimsPrincipal claims, Accounts accounts, UserManager<Person> users)
    {
        if (RoleOf(claims) is not { } role)
        {
            return Problem.Conflict("Your identity provider gives you no role here: ask who keeps it.");
        }

        var (issuer, subject) = (Authority!.AbsoluteUri, claims.FindFirst("sub")!.Value);
        if (await users.FindByLoginAsync(issuer, subject) is not { } person)
        {
            // Never by the address alone: whoever may choose one there would own the account here
            var added = await accounts.AddAsync(claims.FindFirst("email")?.Value ?? "", role, null);
            return added.Succeeded && (await users.AddLoginAsync(added.Value, new UserLoginInfo(issuer, subject, issuer))).Succeeded
                ? added
                : Problem.Conflict("No account can be made for your address: it is missing, or somebody has one under it.");
        }

        if (person.IsDisabled)
        {
            return Problem.Conflict("Your account is disabled.");
        }

        return person.Role == role ? person : await accounts.ChangeRoleAsync(person, role);
    }

    private PersonRole? RoleOf(ClaimsPrincipal claims)
    {
        var values = claims.FindAll(RoleClaim).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal);
        return values.Contains(Administrator) ? PersonRole.Administrator
            : values.Contains(Marketer) ? PersonRole.Marketer
            : values.Contains(Viewer) ? PersonRole.Viewer
            : null;
    }
}

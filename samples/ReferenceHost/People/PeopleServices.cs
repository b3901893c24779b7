using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ReferenceHost.Security;
using ReferenceHost.Tokens;

namespace ReferenceHost.People;

/// <summary>Registers accounts, sessions, tokens and the ways to sign in.</summary>
internal static class PeopleServices
{
    public static void Add(WebApplicationBuilder builder, HostSettings settings, RoleStorage storage)
    {
        var services = builder.Services;
        services.AddSingleton(settings);
        services.AddDbContext<PeopleDb>(options => _ = storage.Kind == RoleStorage.Postgres
            ? options.UseNpgsql(storage.Connection)
            : options.UseSqlite(storage.Connection));
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = Accounts.Rounds);
        services.AddIdentityCore<Person>(options =>
            {
                options.User.RequireUniqueEmail = true;
                options.User.AllowedUserNameCharacters = "";
                options.Password = new PasswordOptions
                {
                    RequiredLength = PasswordRules.Shortest, RequireDigit = false, RequireLowercase = false, RequireUppercase = false,
                    RequireNonAlphanumeric = false, RequiredUniqueChars = 1,
                };
            })
            .AddUserStore<PersonStore>()
            .AddPasswordValidator<PasswordRules>()
            .AddTokenProvider<Links.InviteTokens>(Links.Invite)
            .AddTokenProvider<Links.ResetTokens>(Links.Reset);
        services.AddSingleton<DemoDoor>();
        services.AddSingleton<SetUp>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<ApiTokens>();
        services.AddScoped<Accounts>();
        services.AddScoped<Links>();
        services.AddScoped<SignInThrottle>();
        services.AddScoped<CircuitHandler, SessionActivity>();
        var openId = new OpenId();
        SettingsReader.Bind(builder.Configuration.GetSection($"{HostSettings.Section}:OpenIdConnect"), openId);
        openId.Add(AddSchemes(services));
        services.AddSingleton<IAuthorizationHandler, RecentlyConfirmed>();
        Policies.Add(services.AddAuthorizationBuilder());
    }

    private static AuthenticationBuilder AddSchemes(IServiceCollection services) => services
        .AddAuthentication(Schemes.Either)
        .AddPolicyScheme(Schemes.Either, null, options => options.ForwardDefaultSelector = context =>
            context.Request.Headers.ContainsKey("Authorization") || IsForPrograms(context) && !context.Request.Headers.ContainsKey("Cookie")
                ? Schemes.Token
                : Schemes.Session)
        .AddScheme<AuthenticationSchemeOptions, TokenSignIn>(Schemes.Token, null)
        .AddCookie(Schemes.Session, options =>
        {
            options.Cookie.Name = "__Host-session";
            options.Cookie.SecurePolicy = CookieSecurePolicy.Always;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.LoginPath = "/sign-in";
            options.ReturnUrlParameter = "returnUrl";
            options.SlidingExpiration = false;
            options.ExpireTimeSpan = TimeSpan.FromHours(12);
            options.Events.OnValidatePrincipal = ValidateAsync;
            options.Events.OnRedirectToLogin = context => IsForPrograms(context.HttpContext)
                ? context.HttpContext.ChallengeAsync(Schemes.Token)
                : Redirect(context);
            options.Events.OnRedirectToAccessDenied = DenyAsync;
        });

    /// <summary>What answers 401 where a page would lead to the sign-in.</summary>
    private static bool IsForPrograms(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments("/openapi")
        || context.Request.Path.StartsWithSegments("/_blazor");

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var sessions = context.HttpContext.RequestServices.GetRequiredService<Sessions>();
        var isActive = !context.HttpContext.Request.Path.StartsWithSegments("/_blazor");
        var principal = context.Principal?.FindFirst(Sessions.Claim)?.Value is { } secret
            ? await sessions.FindAsync(secret, isActive, context.HttpContext.RequestAborted)
            : null;
        if (principal is null)
        {
            context.RejectPrincipal();
        }
        else
        {
            context.ReplacePrincipal(principal);
        }
    }

    private static Task DenyAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var (http, text) = (context.HttpContext, "Your account may not do this: ask an administrator for another role.");
        if (http.User.HasClaim(claim => claim.Type == Sessions.NeedsSecondFactor))
        {
            if (!IsForPrograms(http) && HttpMethods.IsGet(http.Request.Method))
            {
                http.Response.Redirect("/account");
                return Task.CompletedTask;
            }

            text = "Administrators of this host need a second factor: turn it on under My account.";
        }

        return Results.Problem(text, statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(http);
    }

    private static Task Redirect(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }
}

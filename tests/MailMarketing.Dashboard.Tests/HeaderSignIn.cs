using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace MailMarketing.Dashboard.Tests;

/// <summary>Takes whom the header X-Role names as signed in, with that role.</summary>
internal sealed class HeaderSignIn(IOptionsMonitor<HeaderSignInOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<HeaderSignInOptions>(options, logger, encoder)
{
    public const string Name = "X-Role";

    public new const string Scheme = "Header";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers[Name] is not [{ } role])
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, "Ada"), new Claim(ClaimTypes.Role, role)], Scheme);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme)));
    }
}

internal sealed class HeaderSignInOptions : AuthenticationSchemeOptions;

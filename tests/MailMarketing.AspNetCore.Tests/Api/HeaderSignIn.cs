using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MailMarketing.AspNetCore.Tests.Api;

/// <summary>Takes whom the header X-Role names as signed in, with that role.</summary>
internal sealed class HeaderSignIn(IOptionsMonitor<HeaderSignIn.Settings> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<HeaderSignIn.Settings>(options, logger, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Request.Headers["X-Role"] is [{ } role]
        ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Role, role)], "Header")), "Header"))
        : AuthenticateResult.NoResult());

    internal sealed class Settings : AuthenticationSchemeOptions;
}

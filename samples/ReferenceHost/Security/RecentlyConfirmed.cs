using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using ReferenceHost.People;

namespace ReferenceHost.Security;

/// <summary>
/// Asks that a person gave the password within the last ten minutes. Who has none is not asked: a program, the demo's account, and who
/// signs in by an identity provider did so when the session began.
/// </summary>
internal sealed class RecentlyConfirmed(TimeProvider time) : AuthorizationHandler<RecentlyConfirmed.Requirement>
{
    private static readonly TimeSpan _recent = TimeSpan.FromMinutes(10);

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, Requirement requirement)
    {
        if (!context.User.HasClaim(claim => claim.Type == Sessions.Claim)
            || (context.User.FindFirst(Sessions.Confirmed) is { } confirmed
                && time.GetUtcNow().ToUnixTimeMilliseconds() - long.Parse(confirmed.Value, CultureInfo.InvariantCulture) < _recent.TotalMilliseconds))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    internal sealed class Requirement : IAuthorizationRequirement;
}

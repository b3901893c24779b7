using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using ReferenceHost.People;

namespace ReferenceHost.Security;

/// <summary>What a person does on a page of the dashboard keeps the session from ending for want of use; and nothing is done without one.</summary>
internal sealed class SessionActivity(AuthenticationStateProvider people, Sessions sessions) : CircuitHandler
{
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) =>
        async activity =>
        {
            var person = (await people.GetAuthenticationStateAsync()).User;
            if (person.FindFirst(Sessions.Claim)?.Value is not { } secret
                || await sessions.FindAsync(secret, isActive: true, CancellationToken.None) is not null)
            {
                await next(activity);
            }
        };
}

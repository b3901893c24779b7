using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace MailMarketing.Dashboard.Hosting;

/// <summary>Names who works in a page, for the audit log: the library's clients live longer than a page and cannot know by themselves.</summary>
internal sealed class ActorCircuitHandler(AuthenticationStateProvider people) : CircuitHandler
{
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) =>
        async context =>
        {
            Actor.Current = new Actor((await people.GetAuthenticationStateAsync()).User.Identity?.Name ?? "anonymous");
            await next(context);
        };
}

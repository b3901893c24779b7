using Microsoft.AspNetCore.Http;

namespace MailMarketing.AspNetCore.Api;

/// <summary>Names who calls, for the audit log.</summary>
internal static class ActAs
{
    public static async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        Actor.Current = new Actor(http.User.Identity?.Name ?? "anonymous", http.Connection.RemoteIpAddress?.ToString());
        return await next(context);
    }
}

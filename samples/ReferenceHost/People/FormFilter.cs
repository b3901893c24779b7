using MailMarketing;
using Microsoft.AspNetCore.Antiforgery;

namespace ReferenceHost.People;

/// <summary>Refuses a form that was not made by one of our pages for this very browser; names who sends it, for the audit log.</summary>
internal sealed class FormFilter(IAntiforgery antiforgery) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        Actor.Current = new Actor(http.User.Identity?.Name ?? "anonymous", http.Connection.RemoteIpAddress?.ToString());
        return HttpMethods.IsGet(http.Request.Method) || await antiforgery.IsRequestValidAsync(http)
            ? await next(context)
            : AccountPages.Notice("Send the form again", "The page was open for too long, or cookies are off. Go back, load it again and send it once more.", 400);
    }
}

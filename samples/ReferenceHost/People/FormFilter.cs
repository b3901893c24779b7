using Microsoft.AspNetCore.Antiforgery;

namespace ReferenceHost.People;

/// <summary>Refuses a form that was not made by one of our pages for this very browser.</summary>
internal sealed class FormFilter(IAntiforgery antiforgery) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        HttpMethods.IsGet(context.HttpContext.Request.Method) || await antiforgery.IsRequestValidAsync(context.HttpContext)
            ? await next(context)
            : AccountPages.Notice("Send the form again", "The page was open for too long, or cookies are off. Go back, load it again and send it once more.", 400);
}

using Microsoft.AspNetCore.Authorization;

namespace ReferenceHost.Security;

/// <summary>
/// Refuses what another site's page makes a browser send: anything but GET and HEAD, and connections. Who brings an API token is no such
/// browser, and neither are mail programs and services, whose endpoints are open to everyone or signed.
/// </summary>
internal sealed class SameOrigin(RequestDelegate next, HostSettings settings, ILogger<SameOrigin> logger)
{
    private readonly string _public = settings.PublicUrl.GetLeftPart(UriPartial.Authority);

    public Task InvokeAsync(HttpContext context)
    {
        if (!Matters(context) || IsOwn(context.Request))
        {
            return next(context);
        }

        Log.Foreign(logger, context.Request.Path.Value ?? "");
        return Results.Problem(
            "This came from another site, or from a program that signs in with a cookie: send it from this site's own pages, or with an API token.",
            statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context);
    }

    private static bool Matters(HttpContext context)
    {
        var writes = !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)
            && !HttpMethods.IsOptions(context.Request.Method);
        return (writes || context.WebSockets.IsWebSocketRequest)
            && !context.Request.Headers.ContainsKey("Authorization")
            && context.GetEndpoint() is { } endpoint
            && (endpoint.Metadata.GetMetadata<OwnPage>() is not null || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null);
    }

    private bool IsOwn(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();
        var isOwnOrigin = origin == $"{request.Scheme}://{request.Host}" || origin == _public;

        // A page without referrer says "null" of itself, and the browser's own word that it is ours
        return site is "" ? isOwnOrigin : site is "same-origin" && (origin is "" or "null" || isOwnOrigin);
    }

    /// <summary>Marks endpoints that everyone may reach, and yet only from pages of ours.</summary>
    internal sealed record OwnPage;
}

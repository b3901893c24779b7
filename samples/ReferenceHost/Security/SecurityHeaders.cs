namespace ReferenceHost.Security;

/// <summary>Puts the headers that protect browsers on every answer, be it a page, a file or an error.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    // No inline script and no eval at all. MudBlazor sets styles inline, and a mail's preview shows pictures from elsewhere;
    // the preview's frame has a stricter policy of its own besides.
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline' https: http:; img-src 'self' data: https: http:; "
        + "font-src 'self' data: https: http:; connect-src 'self'; object-src 'none'; base-uri 'self' about:; form-action 'self'; frame-ancestors 'none'";

    private static readonly string[] _withTokens = ["/m/u", "/reset-password", "/accept-invite", "/set-up"];

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(() =>
        {
            Add(context);
            return Task.CompletedTask;
        });
        return next(context);
    }

    private static void Add(HttpContext context)
    {
        var headers = context.Response.Headers;
        var holdsToken = _withTokens.Any(path => context.Request.Path.StartsWithSegments(path.TrimEnd('/')));

        // Blazor's own word is only about frames; a page with a whole policy of its own keeps it
        if (!headers.ContentSecurityPolicy.ToString().Contains("default-src", StringComparison.Ordinal))
        {
            headers.ContentSecurityPolicy = Policy;
        }

        headers.TryAdd("X-Content-Type-Options", "nosniff");
        headers.TryAdd("Referrer-Policy", holdsToken ? "no-referrer" : "same-origin");
        headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
        headers.TryAdd("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        if (holdsToken || context.User.Identity?.IsAuthenticated == true || context.Response.StatusCode >= StatusCodes.Status400BadRequest)
        {
            headers.CacheControl = "no-store";
        }
    }
}

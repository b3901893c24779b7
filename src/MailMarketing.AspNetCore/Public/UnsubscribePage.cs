using Microsoft.AspNetCore.Http;

namespace MailMarketing.AspNetCore.Public;

/// <summary>The page behind an unsubscribe link. It holds nothing personal and loads nothing from elsewhere.</summary>
internal sealed class UnsubscribePage : IResult
{
    private readonly int _status;
    private readonly string _title;
    private readonly string _body;

    private UnsubscribePage(int status, string title, string body) => (_status, _title, _body) = (status, title, body);

    public static IResult Ask() => new UnsubscribePage(StatusCodes.Status200OK, "Unsubscribe", """
        <p>Do you want to stop getting these emails?</p>
        <form method="post"><button name="confirm" value="unsubscribe">Unsubscribe</button></form>
        """);

    public static IResult Done() => new UnsubscribePage(StatusCodes.Status200OK,
        "You are unsubscribed", "<p>You will get no more of these emails.</p>");

    public static IResult NotConfirmed() => new UnsubscribePage(StatusCodes.Status400BadRequest, "Nothing was changed",
        "<p>Open the link from the email again and press <strong>Unsubscribe</strong>.</p>");

    public static IResult Invalid() => new UnsubscribePage(StatusCodes.Status404NotFound, "This link does not work",
        "<p>It may be cut short. Copy the whole link from the email, or write to the sender.</p>");

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = _status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        await response.WriteAsync($$"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>{{_title}}</title>
            <style>
            :root { color-scheme: light dark; }
            body { font: 1.0625rem/1.5 system-ui, sans-serif; margin: 0; min-height: 100vh; display: grid; place-items: center; }
            main { max-width: 26rem; padding: 2rem; text-align: center; }
            h1 { font-size: 1.5rem; line-height: 1.25; }
            button { font: inherit; padding: .75rem 1.5rem; border: 0; border-radius: .5rem; background: #2f5bd7; color: #fff; cursor: pointer; }
            button:focus-visible { outline: 3px solid #8fb0ff; outline-offset: 2px; }
            </style>
            </head>
            <body><main>
            <h1>{{_title}}</h1>
            {{_body}}
            </main></body>
            </html>
            """, httpContext.RequestAborted);
    }
}

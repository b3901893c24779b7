using ReferenceHost.People;

namespace ReferenceHost.Security;

/// <summary>Cuts a dashboard's connection when its session ends: nothing more is shown to whoever signed out or was disabled.</summary>
internal sealed class EndWithSession(RequestDelegate next, Sessions sessions, TimeProvider time)
{
    private static readonly TimeSpan _every = TimeSpan.FromMilliseconds(300);

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest || context.User.FindFirst(Sessions.Claim)?.Value is not { } secret)
        {
            await next(context);
            return;
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var watching = WatchAsync(context, secret, over.Token);
        try
        {
            await next(context);
        }
        finally
        {
            await over.CancelAsync();
            await watching;
        }
    }

    private async Task WatchAsync(HttpContext context, string secret, CancellationToken cancellationToken)
    {
        try
        {
            while (await sessions.FindAsync(secret, isActive: false, cancellationToken) is not null)
            {
                await Task.Delay(_every, time, cancellationToken);
            }

            context.Abort();
        }
        catch (OperationCanceledException)
        {
            // The browser left first
        }
    }
}

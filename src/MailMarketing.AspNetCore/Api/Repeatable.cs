using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MailMarketing.AspNetCore.Api;

/// <summary>
/// Answers a call that carries an <c>Idempotency-Key</c> known already as it was answered the first time, instead of carrying it out
/// again (IETF draft <c>draft-ietf-httpapi-idempotency-key-header</c>). Keys are remembered for 24 hours; a refused call is not.
/// </summary>
internal static class Repeatable
{
    private const string Header = "Idempotency-Key";
    private const int MaxKey = 255;

    /// <summary>Lets a creating call be repeated by its key.</summary>
    public static RouteHandlerBuilder AddRepeatable(this RouteHandlerBuilder endpoint) => endpoint.AddEndpointFilter(InvokeAsync);

    private static async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!http.Request.Headers.TryGetValue(Header, out var values))
        {
            return await next(context);
        }

        var key = values.ToString();
        if (key.Length is 0 or > MaxKey || !Ascii.IsValid(key) || key.Any(char.IsControl))
        {
            return ApiResults.BadRequest(Header, $"{Header} has 1 to {MaxKey} visible ASCII characters, such as a random UUID.");
        }

        if (http.RequestServices.GetService<IIdempotencyStore>() is not { } store)
        {
            return ApiResults.BadRequest(Header, $"This storage keeps no idempotency keys: call without {Header}.");
        }

        // One person's keys say nothing about another's
        key = $"{http.User.Identity?.Name}\n{key}";
        var fingerprint = Fingerprint(http.Request, context.Arguments.OfType<IFingerprinted>().Single().Fingerprint);
        return await store.BeginAsync(key, fingerprint, http.RequestAborted) switch
        {
            null => await RunAsync(store, key, () => next(context)),
            var known when known.Fingerprint != fingerprint =>
                ApiResults.Of(Problem.Conflict($"This {Header} came with another call before: use a new one for each call.")),
            { Status: { } status, Body: { } body } => Results.Text(body, "application/json; charset=utf-8", Encoding.UTF8, status),
            _ => ApiResults.Of(Problem.Conflict($"The call with this {Header} is still being carried out: ask again in a moment.")),
        };
    }

    private static async Task<object?> RunAsync(IIdempotencyStore store, string key, Func<ValueTask<object?>> call)
    {
        string? body = null;
        var status = 0;
        try
        {
            var result = await call();
            if (result is IStatusCodeHttpResult { StatusCode: >= 200 and < 300 and { } code } and IValueHttpResult answer)
            {
                (status, body) = (code, JsonSerializer.Serialize(answer.Value, ApiJson.Writing));
            }

            return result;
        }
        finally
        {
            // A refused call changed nothing and may be made again with the same key
            await store.EndAsync(key, status, body, CancellationToken.None);
        }
    }

    private static string Fingerprint(HttpRequest request, string body) => $"{request.Method} {request.Path}{request.QueryString} {body}";
}

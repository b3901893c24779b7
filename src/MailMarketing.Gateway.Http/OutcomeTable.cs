using System.Net;

namespace MailMarketing.Gateway.Http;

/// <summary>From an answer to an outcome; everything that has no answer is decided by <see cref="HttpEmailGateway"/>.</summary>
internal static class OutcomeTable
{
    private const string KeyMismatch = "idempotency_key_mismatch";

    public static GatewayResult Of(HttpResponseMessage response, ResponseBody body, DateTimeOffset now)
    {
        var status = (int)response.StatusCode;
        return status switch
        {
            >= 200 and < 300 => GatewayResult.Accepted(body.MessageId),
            < 200 => Result(GatewayOutcome.Ambiguous),
            < 400 => new GatewayResult(GatewayOutcome.Deferred,
                $"The gateway answered {status}, a redirect, and redirects are not followed: check the lane's Endpoint."),
            401 or 403 => Result(GatewayOutcome.Unauthorized),
            409 or 422 when IsKeyMismatch(response, body) => Result(GatewayOutcome.KeyConflict),
            409 => Result(GatewayOutcome.InProgress),
            400 or 413 or 422 => Result(GatewayOutcome.Rejected),
            429 => Result(GatewayOutcome.Throttled) with { RetryAfter = RetryAfter.Of(response, now) },
            503 when RetryAfter.Of(response, now) is { } wait => Result(GatewayOutcome.Throttled) with { RetryAfter = wait },
            _ => Result(GatewayOutcome.Deferred),
        };

        GatewayResult Result(GatewayOutcome outcome) => new(outcome, Reason(response.StatusCode, body));
    }

    private static bool IsKeyMismatch(HttpResponseMessage response, ResponseBody body) =>
        body.Error == KeyMismatch
        || (response.Headers.NonValidated.TryGetValues("Idempotency-Error", out var values) && values.Contains(KeyMismatch));

    // The phrase that came with the status is the peer's to choose, so the number and the body say it.
    private static string Reason(HttpStatusCode status, ResponseBody body) =>
        body.Excerpt is { } excerpt ? $"The gateway answered {(int)status}: {excerpt}" : $"The gateway answered {(int)status}.";
}

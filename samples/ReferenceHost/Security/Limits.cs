using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace ReferenceHost.Security;

/// <summary>How many requests one client may make in a minute; <c>MailMarketing:Limits</c>.</summary>
internal sealed class Limits
{
    /// <summary>Attempts to sign in and demands of links, per address; default 5.</summary>
    public int SignInPerMinute { get; set; } = 5;

    /// <summary>Calls of the API, per token or session; default 600.</summary>
    public int ApiPerMinute { get; set; } = 600;

    /// <summary>What recipients reach, per address; default 300, since mail providers unsubscribe for many from one address.</summary>
    public int PublicPerMinute { get; set; } = 300;

    public void Apply(RateLimiterOptions options)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(Partition);
        options.OnRejected = async (rejected, cancellationToken) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
            var response = rejected.HttpContext.Response;
            response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            await Results.Problem("Too many requests: wait as long as Retry-After says.", statusCode: StatusCodes.Status429TooManyRequests)
                .ExecuteAsync(rejected.HttpContext);
        };
    }

    private RateLimitPartition<string> Partition(HttpContext context)
    {
        var path = context.Request.Path;
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        if (HttpMethods.IsPost(context.Request.Method) && context.GetEndpoint()?.Metadata.GetMetadata<SameOrigin.OwnPage>() is not null)
        {
            return PerMinute($"{path} {address}", SignInPerMinute);
        }

        if (path.StartsWithSegments("/api") && !path.StartsWithSegments("/api/v1/job"))
        {
            return PerMinute($"api {context.User.Identity?.Name ?? address}", ApiPerMinute);
        }

        return path.StartsWithSegments("/m") ? PerMinute($"public {address}", PublicPerMinute) : RateLimitPartition.GetNoLimiter("");
    }

    private static RateLimitPartition<string> PerMinute(string client, int permits) => RateLimitPartition.GetFixedWindowLimiter(
        client, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1) });
}

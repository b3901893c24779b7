using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ReferenceHost;

/// <summary>Writes a health report so that a person sees what is wrong; where people sign in, only those who have.</summary>
internal static class HealthJson
{
    public static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var status = report.Status.ToString();
        var mayKnow = context.User.Identity?.IsAuthenticated == true || context.RequestServices.GetService<IAuthenticationService>() is null;
        return mayKnow
            ? context.Response.WriteAsJsonAsync(new
            {
                status,
                checks = report.Entries.ToDictionary(
                    check => check.Key, check => new { status = check.Value.Status.ToString(), description = check.Value.Description }),
            })
            : context.Response.WriteAsJsonAsync(new { status });
    }
}

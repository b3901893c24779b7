using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ReferenceHost;

/// <summary>Writes a health report so that a person sees what is wrong.</summary>
internal static class HealthJson
{
    public static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        status = report.Status.ToString(),
        checks = report.Entries.ToDictionary(
            check => check.Key, check => new { status = check.Value.Status.ToString(), description = check.Value.Description }),
    });
}

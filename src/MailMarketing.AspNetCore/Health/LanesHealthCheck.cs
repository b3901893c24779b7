using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MailMarketing.AspNetCore.Health;

/// <summary>Asks the sending side, here or elsewhere, how its lanes are.</summary>
internal sealed class LanesHealthCheck(SettingsClient settings) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var sender = await settings.GetAsync(cancellationToken);
        if (!sender.Succeeded)
        {
            return HealthCheckResult.Degraded($"How the lanes are is not known: {sender.Problem.Detail}");
        }

        var waiting = sender.Value.Lanes
            .Where(lane => !lane.Configured || lane.State == LaneState.Closed)
            .Select(lane => lane.Configured ? $"Lane {lane.Name} is closed: {lane.Reason}" : $"Lane {lane.Name} has no credentials.")
            .ToList();
        return waiting.Count == 0
            ? HealthCheckResult.Healthy($"Open: {string.Join(", ", sender.Value.Lanes.Select(lane => lane.Name))}.")
            : HealthCheckResult.Degraded(string.Join(' ', waiting));
    }
}

using Microsoft.Extensions.DependencyInjection;

namespace MailMarketing;

/// <summary>Settings of the sending side in this process.</summary>
internal sealed class LocalSettings(
    ISenderSettingsStore store, CredentialProtector protector, IEnumerable<Lane> lanes, IServiceProvider services) : ISettings
{
    private readonly string[] _lanes = [.. lanes.Select(lane => lane.Name)];
    private readonly Dictionary<string, Lane> _known = lanes.DistinctBy(lane => lane.Name).ToDictionary(lane => lane.Name);

    public async Task<Result<SenderSettingsView>> GetAsync(CancellationToken cancellationToken) =>
        View(await store.GetAsync(cancellationToken));

    public async Task<Result<SenderSettingsView>> UpdateAsync(SenderSettingsPatch patch, CancellationToken cancellationToken)
    {
        var lane = patch.Lane ?? _lanes.FirstOrDefault();
        if (lane is null || !_lanes.Contains(lane, StringComparer.Ordinal))
        {
            return Problem.Invalid("lane", $"There is no lane {lane}; the lanes are: {string.Join(", ", _lanes)}.");
        }

        var credentials = patch.Auth is { } auth ? protector.Protect(lane, auth) : null;
        var changed = await store.UpdateAsync(Change, cancellationToken);
        if (credentials is not null)
        {
            services.GetService<ILaneStates>()?.Open(lane);
        }

        return View(changed);

        SenderSettings Change(SenderSettings settings) => settings with
        {
            From = patch.From ?? settings.From,
            Headers = patch.Headers ?? settings.Headers,
            ProtectedCredentials = credentials is null
                ? settings.ProtectedCredentials
                : new Dictionary<string, string>(settings.ProtectedCredentials) { [lane] = credentials },
        };
    }

    private SenderSettingsView View(SenderSettings settings)
    {
        var states = services.GetService<ILaneStates>();
        return new SenderSettingsView
        {
            From = settings.From,
            Headers = settings.Headers,
            AuthConfigured = _lanes is [var first, ..] && settings.ProtectedCredentials.ContainsKey(first),
            Lanes = [.. _lanes.Select(name => ViewLane(name, settings, states?.ClosedBecause(name)))],
        };
    }

    private LaneView ViewLane(string name, SenderSettings settings, string? closedBecause)
    {
        var gateway = services.GetRequiredKeyedService<IEmailGateway>(name);
        return new LaneView(
            name,
            Configured: !gateway.RequiresCredentials || settings.ProtectedCredentials.ContainsKey(name),
            closedBecause is null ? LaneState.Open : LaneState.Closed,
            closedBecause)
        {
            Attachments = _known[name].Options(services).SupportsAttachments,
        };
    }
}

namespace MailMarketing.Engine;

/// <summary>A lane's credentials, asked for once a second, and at once where new ones were set; these open the lane.</summary>
internal sealed class LaneCredentials(string lane, IEmailGateway gateway, ICredentialSource? source, LaneGate gate, TimeProvider time)
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(1);

    private long? _asked;

    /// <summary>As they were when last asked for.</summary>
    public GatewayCredentials? Current { get; private set; }

    /// <summary>Asks again where that is due.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (!gate.HasNewCredentials && _asked is { } asked && time.GetElapsedTime(asked) < Age)
        {
            return;
        }

        var now = source is null ? null : await source.GetAsync(lane, cancellationToken);
        if (_asked is not null && now != Current)
        {
            gate.Reopen();
        }

        (_asked, Current) = (time.GetTimestamp(), now);
        gate.SetMissingCredentials(gateway.RequiresCredentials && now is null);
    }
}

using MailMarketing.Faults.Tests.Rig;

namespace MailMarketing.Faults.Tests.Checking;

/// <summary>Faults that strike whatever the gateway is like.</summary>
internal sealed partial class Run
{
    /// <summary>An email client is killed and started again.</summary>
    public Task RestartClientAsync(int client) =>
        StrikeAsync(() => _services.RestartClientAsync(client), () => _services.Clients[client].ToGateway.InFlight);

    /// <summary>An email client stands still for longer than its lease.</summary>
    public Task OversleepAsync(Client client) => StrikeAsync(
        async () =>
        {
            await client.Process!.SignalAsync("STOP");
            await PassLeaseAsync();
            await client.Process!.SignalAsync("CONT");
        },
        () => client.ToGateway.InFlight);

    /// <summary>An email client cannot reach Redis for longer than its lease, while it reaches the gateway.</summary>
    public Task LoseRedisAsync(Client client) => StrikeAsync(
        async () =>
        {
            client.ToRedis.Forward.Hold();
            client.ToRedis.Back.Hold();
            await PassLeaseAsync();
            client.ToRedis.Heal();
        },
        () => client.ToGateway.InFlight);

    private Task PassLeaseAsync() => PassAsync(1.5 * Rig.Services.Lease.TotalSeconds, 2.5 * Rig.Services.Lease.TotalSeconds);
}

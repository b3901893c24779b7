using MailMarketing.Faults.Tests.Checking;
using MailMarketing.Faults.Tests.Rig;
using ReferenceHost.Tests.TwoServices;

namespace MailMarketing.Faults.Tests;

/// <summary>Faults of processes and storages, at a gateway that honours keys: nothing is lost, nothing is repeated, all is told.</summary>
[Trait("Gateway", "keyed")]
public sealed class KeyedGatewayTests : IClassFixture<Keyed>
{
    private const int People = 700;

    private readonly Rig.Services _services;

    public KeyedGatewayTests(Keyed deployment) => _services = deployment.Services;

    public static TheoryData<int> All => Seeds.All;

    private Client[] Clients => _services.Clients;

    [Theory, MemberData(nameof(All)), Trait("Row", "F-06")]
    public async Task F06_An_email_client_wakes_up_long_after_its_lease(int seed)
    {
        var run = await Run.StartAsync(_services, "F-06", seed, People);
        await run.UnderWayAsync(0.05, 0.2);
        var zombie = Clients[1];
        await run.StrikeAsync(
            async () =>
            {
                await zombie.Process!.SignalAsync("STOP");
                await run.PassAsync(1.5 * Rig.Services.Lease.TotalSeconds, 2.5 * Rig.Services.Lease.TotalSeconds);
                await zombie.Process!.SignalAsync("CONT");
            },
            () => zombie.ToGateway.InFlight);
        await run.EndAsync();
    }

    [Theory, MemberData(nameof(All)), Trait("Row", "F-08")]
    public async Task F08_PostgreSQL_crashes(int seed)
    {
        var run = await Run.StartAsync(_services, "F-08", seed, 2 * People);
        await run.UnderWayAsync(0.05, 0.2);
        await run.StrikeAsync(_services.Postgres.CrashAsync);
        await run.EndAsync();
    }

    [Theory, MemberData(nameof(All)), Trait("Row", "F-10")]
    public async Task F10_PostgreSQL_is_away_for_a_while(int seed)
    {
        var run = await Run.StartAsync(_services, "F-10", seed, People);
        await run.UnderWayAsync(0.05, 0.2);
        await run.StrikeAsync(async () =>
        {
            _services.WebToPostgres.Cut();
            await run.PassAsync(3, 5);
            _services.WebToPostgres.Heal();
        });
        await run.EndAsync();
    }

    [Theory, MemberData(nameof(All)), Trait("Row", "F-13"), Trait("Row", "F-34")]
    public async Task F13_Reports_arrive_but_their_answers_do_not(int seed)
    {
        var run = await Run.StartAsync(_services, "F-13", seed, People);
        await run.UnderWayAsync(0.05, 0.2);
        await run.StrikeAsync(async () =>
        {
            Array.ForEach(Clients, client => client.ToWeb.Back.Hold());
            _services.WebToClient.Back.Hold();
            await run.PassAsync(3, 5);
            Array.ForEach(Clients, client => client.ToWeb.Cut());
            Array.ForEach(Clients, client => client.Heal());
            _services.WebToClient.Cut();
            _services.WebToClient.Heal();
        });
        await run.EndAsync();
    }

    [Theory, MemberData(nameof(All)), Trait("Row", "F-20")]
    public async Task F20_Redis_is_killed(int seed)
    {
        var run = await Run.StartAsync(_services, "F-20", seed, 2 * People);
        await run.UnderWayAsync(0.05, 0.2);
        await run.StrikeAsync(_services.Redis.CrashAsync);
        await run.EndAsync();
    }
}

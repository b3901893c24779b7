using MailMarketing.Faults.Tests.Checking;
using MailMarketing.Faults.Tests.Rig;
using ReferenceHost.Tests.TwoServices;

namespace MailMarketing.Faults.Tests;

/// <summary>
/// Faults at a gateway that takes whatever comes, under the policy that campaigns have there by default, at most once: nothing is repeated,
/// and no more is unknown than was on its way.
/// </summary>
[Collection("gateways"), Trait("Gateway", "unkeyed")]
public sealed class UnkeyedGatewayTests : IClassFixture<Unkeyed>
{
    private const int People = 700;

    // What a client may have marked: two slices
    private const int Marked = 2 * 128;

    private readonly Rig.Services _services;

    public UnkeyedGatewayTests(Unkeyed deployment) => _services = deployment.Services;

    public static TheoryData<int> All => Seeds.All;

    private Client[] Clients => _services.Clients;

    [Theory, MemberData(nameof(All)), Trait("Row", "F-01")]
    public async Task F01_Email_clients_are_killed_at_any_moment(int seed)
    {
        var run = await Run.StartAsync(_services, "F-01u", seed, 2 * People);
        await run.UnderWayAsync(0.02, 0.1);
        for (var kill = 0; kill < 2; kill++)
        {
            await run.RestartClientAsync(kill);
            await run.PassAsync(0.1, 0.4);
        }

        await run.EndAsync(mostUncertain: 2 * Marked);
    }

    [Theory, MemberData(nameof(All)), Trait("Row", "F-06")]
    public async Task F06_An_email_client_wakes_up_long_after_its_lease(int seed)
    {
        var run = await Run.StartAsync(_services, "F-06u", seed, People);
        await run.UnderWayAsync(0.05, 0.2);
        await run.OversleepAsync(Clients[1]);
        await run.EndAsync(mostUncertain: Marked);
    }

    [Theory, MemberData(nameof(All)), Trait("Row", "F-12")]
    public async Task F12_An_email_client_cannot_reach_Redis_while_it_reaches_the_gateway(int seed)
    {
        var run = await Run.StartAsync(_services, "F-12u", seed, People);
        await run.UnderWayAsync(0.05, 0.2);
        await run.LoseRedisAsync(Clients[1]);
        await run.EndAsync(mostUncertain: Marked);
    }

    [Theory, MemberData(nameof(All)), Trait("Row", "F-20")]
    public async Task F20_Redis_forgets_everything(int seed)
    {
        var run = await Run.StartAsync(_services, "F-20u", seed, People);
        await run.UnderWayAsync(0.05, 0.2);
        await run.StrikeAsync(_services.EmptyRedisAsync);

        // Nobody can tell what a lost queue had sent of all that it had
        await run.EndAsync(mostUncertain: run.People);
    }

    [Theory, MemberData(nameof(All)), Trait("Row", "F-25")]
    public async Task F25_Connections_break_on_the_way_to_the_gateway_and_after_it_took_the_message(int seed)
    {
        const int Resets = 5;
        var run = await Run.StartAsync(_services, "F-25u", seed, People);
        await run.UnderWayAsync(0.05, 0.2);
        Way[] ways = [.. Clients.SelectMany(client => new[] { client.ToGateway.Forward, client.ToGateway.Back })];
        foreach (var way in ways)
        {
            await run.StrikeAsync(async () =>
            {
                way.ResetNext(Resets);
                await Api.UntilAsync(async () => way.ResetsLeft == 0 || await run.TakenAsync() >= run.People - (2 * Resets * ways.Length));
            });
        }

        await run.EndAsync(mostUncertain: 2 * Resets * ways.Length);
    }
}

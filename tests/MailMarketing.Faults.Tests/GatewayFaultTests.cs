using MailMarketing.Faults.Tests.Checking;
using MailMarketing.Faults.Tests.Rig;
using ReferenceHost.Tests.TwoServices;

namespace MailMarketing.Faults.Tests;

/// <summary>Faults of a gateway that honours keys, and of the way to it.</summary>
[Collection("gateways"), Trait("Gateway", "keyed")]
public sealed class GatewayFaultTests
{
    private const int People = 700;

    private readonly Rig.Services _services;

    public GatewayFaultTests(Keyed deployment) => _services = deployment.Services;

    public static TheoryData<int> All => Seeds.All;

    private Client[] Clients => _services.Clients;

    [Theory, MemberData(nameof(All)), Trait("Row", "F-22")]
    public async Task F22_The_gateway_takes_nothing_for_a_while(int seed)
    {
        var run = await Run.StartAsync(_services, "F-22", seed, People);
        await run.UnderWayAsync(0.05, 0.2);
        var before = 0L;
        await run.StrikeAsync(async () =>
        {
            await _services.AnswerAsync("500=1");
            before = Requests();
            await run.PassAsync(3, 4);
            Assert.True(Requests() - before < People, $"{Requests() - before} requests went to a gateway that takes nothing.");
            await _services.AnswerAsync("202=1");
        });
        await run.EndAsync(ends: "failure");
    }

    [Theory, MemberData(nameof(All)), Trait("Row", "F-23")]
    public async Task F23_The_gateway_asks_to_wait(int seed)
    {
        var run = await Run.StartAsync(_services, "F-23", seed, People);
        await run.UnderWayAsync(0.05, 0.2);
        await run.StrikeAsync(async () =>
        {
            await _services.AnswerAsync("429=1");
            await run.PassAsync(2, 3);
            await _services.AnswerAsync("202=1");
        });
        await run.EndAsync();
    }

    [Theory, MemberData(nameof(All)), Trait("Row", "F-24")]
    public async Task F24_The_gateway_answers_nobody(int seed)
    {
        var run = await Run.StartAsync(_services, "F-24", seed, People);
        await run.UnderWayAsync(0.05, 0.2);
        await run.StrikeAsync(async () =>
        {
            Array.ForEach(Clients, client => client.ToGateway.Back.Hold());
            await run.PassAsync(2.5, 3.5);
            Array.ForEach(Clients, client => client.Heal());
        });
        await run.EndAsync();
    }

    [Theory, MemberData(nameof(All)), Trait("Row", "F-25")]
    public async Task F25_Connections_break_on_the_way_to_the_gateway_and_after_it_took_the_message(int seed)
    {
        var run = await Run.StartAsync(_services, "F-25", seed, People);
        await run.UnderWayAsync(0.05, 0.2);
        foreach (var way in Clients.SelectMany(client => new[] { client.ToGateway.Forward, client.ToGateway.Back }))
        {
            await run.StrikeAsync(async () =>
            {
                way.ResetNext(5);
                await Api.UntilAsync(async () => way.ResetsLeft == 0 || await run.TakenAsync() == run.People);
            });
        }

        await run.EndAsync();
    }

    [Theory, MemberData(nameof(All)), Trait("Row", "F-29")]
    public async Task F29_The_gateway_refuses_the_credentials_until_people_set_new_ones(int seed)
    {
        var run = await Run.StartAsync(_services, "F-29", seed, People);
        await run.UnderWayAsync(0.05, 0.2);
        await run.StrikeAsync(async () =>
        {
            await _services.AnswerAsync("401=1");
            await Api.UntilAsync(async () => await LaneAsync() == "closed", () => "The lane did not close.");
            await _services.AnswerAsync("202=1");
            await _services.Api.SetSenderAsync();
        });
        await run.EndAsync();
        Assert.Equal("open", await LaneAsync());
    }

    private async Task<string?> LaneAsync() =>
        (await _services.Api.GetAsync("settings")).GetProperty("lanes")[0].GetProperty("state").GetString();

    private long Requests() => Clients.Sum(client => client.ToGateway.Requests);
}

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

    [Theory, MemberData(nameof(All)), Trait("Row", "F-01")]
    public async Task F01_Email_clients_are_killed_at_any_moment(int seed)
    {
        var run = await Run.StartAsync(_services, "F-01", seed, 2 * People);
        await run.UnderWayAsync(0.02, 0.1);

        // A third in a row could strike the same message again, which then ends unknown: the long run allows for that
        for (var kill = 0; kill < 2; kill++)
        {
            await run.RestartClientAsync(run.Chance.Next(Clients.Length));
            await run.PassAsync(0.1, 0.4);
        }

        await run.EndAsync();
    }

    [Theory, MemberData(nameof(All)), Trait("Row", "F-03")]
    public async Task F03_Web_is_killed_while_a_campaign_starts_and_while_it_is_handed_over(int seed)
    {
        var run = await Run.PrepareAsync(_services, "F-03", seed, 2 * People);
        var start = _services.Api.StartAsync(run.Campaign);
        await run.PassAsync(0, 0.05);
        await _services.RestartWebAsync();
        var isStarted = await Record.ExceptionAsync(() => start) is null;
        var now = (await _services.Api.CampaignAsync(run.Campaign)).GetProperty("state").GetString();
        Assert.True(!isStarted || now == "running", "An answer said that it runs.");
        if (now == "draft")
        {
            await _services.Api.StartAsync(run.Campaign);
        }

        await run.UnderWayAsync(0.05, 0.2);
        await run.StrikeAsync(() => _services.RestartWebAsync());
        await run.EndAsync();
    }

    [Theory, MemberData(nameof(All)), Trait("Row", "F-04")]
    public async Task F04_An_email_client_that_is_told_to_stop_ends_what_is_on_its_way(int seed)
    {
        var run = await Run.StartAsync(_services, "F-04", seed, 2 * People);
        await run.UnderWayAsync(0.05, 0.2);
        for (var client = 0; client < Clients.Length; client++)
        {
            var code = -1;
            await run.StrikeAsync(
                async () =>
                {
                    code = await Clients[client].StopAsync();
                    await _services.StartClientAsync(client);
                },
                () => Clients[client].ToGateway.InFlight);
            Assert.Equal(0, code);
        }

        await run.EndAsync();
        Assert.All(await _services.Api.DeliveriesAsync(run.Campaign), delivery => Assert.Equal(1, delivery.Attempts));
    }

    [Theory, MemberData(nameof(All)), Trait("Row", "F-05")]
    public async Task F05_An_email_client_is_told_to_stop_again_and_again_and_then_killed(int seed)
    {
        var run = await Run.StartAsync(_services, "F-05", seed, People);
        await run.UnderWayAsync(0.05, 0.2);
        await run.StrikeAsync(
            async () =>
            {
                foreach (var signal in new[] { "TERM", "TERM", "INT", "HUP" })
                {
                    await Clients[0].Process!.SignalAsync(signal);
                }

                await run.PassAsync(0, 0.2);
                await _services.RestartClientAsync(0);
            },
            () => Clients[0].ToGateway.InFlight);
        await run.EndAsync();
    }

    [Theory, MemberData(nameof(All)), Trait("Row", "F-06")]
    public async Task F06_An_email_client_wakes_up_long_after_its_lease(int seed)
    {
        var run = await Run.StartAsync(_services, "F-06", seed, People);
        await run.UnderWayAsync(0.05, 0.2);
        await run.OversleepAsync(Clients[1]);
        await run.EndAsync();
    }

    [Theory, MemberData(nameof(All)), Trait("Row", "F-07")]
    public async Task F07_Two_email_clients_begin_on_one_backlog_at_once(int seed)
    {
        var run = await Run.StartAsync(_services, "F-07", seed, 2 * People);
        await run.UnderWayAsync(0.02, 0.1);
        var before = Array.Empty<long>();
        await run.StrikeAsync(async () =>
        {
            await Task.WhenAll(Clients.Select(client => client.KillAsync()));
            before = [.. Clients.Select(client => client.ToGateway.Requests)];
            await Task.WhenAll(Enumerable.Range(0, Clients.Length).Select(client => _services.StartClientAsync(client)));
        });
        await run.EndAsync();
        Assert.All(Clients.Zip(before), both => Assert.True(both.First.ToGateway.Requests > both.Second, "One of them sent nothing."));
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

    [Theory, MemberData(nameof(All)), Trait("Row", "F-12")]
    public async Task F12_An_email_client_cannot_reach_Redis_while_it_reaches_the_gateway(int seed)
    {
        var run = await Run.StartAsync(_services, "F-12", seed, People);
        await run.UnderWayAsync(0.05, 0.2);
        await run.LoseRedisAsync(Clients[1]);
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

    [Theory, MemberData(nameof(All)), Trait("Row", "F-20")]
    public async Task F20_Redis_forgets_everything(int seed)
    {
        var run = await Run.StartAsync(_services, "F-20e", seed, People);
        await run.UnderWayAsync(0.05, 0.2);
        await run.StrikeAsync(_services.EmptyRedisAsync);
        await run.EndAsync();
    }
}

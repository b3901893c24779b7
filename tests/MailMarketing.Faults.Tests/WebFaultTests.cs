using System.Diagnostics;
using System.Net;
using MailMarketing.Faults.Tests.Checking;
using MailMarketing.Faults.Tests.Rig;
using Npgsql;
using ReferenceHost.Tests.TwoServices;

namespace MailMarketing.Faults.Tests;

/// <summary>Faults of what web stands on, and what people do while a campaign is sent.</summary>
[Collection("gateways"), Trait("Gateway", "keyed")]
public sealed class WebFaultTests
{
    private const int People = 700;

    private const string WaitedForNothing = "Timeout during reading attempt";

    // Of a request that needs the database, where web gives it five seconds at most
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan _promised = TimeSpan.FromSeconds(1);

    private readonly Rig.Services _services;

    public WebFaultTests(Keyed deployment) => _services = deployment.Services;

    public static TheoryData<int> All => Seeds.All;

    [Theory, MemberData(nameof(All)), Trait("Row", "F-11")]
    public async Task F11_PostgreSQL_takes_questions_and_answers_none(int seed)
    {
        var run = await Run.StartAsync(_services, "F-11", seed, People);
        await run.UnderWayAsync(0.05, 0.2);
        await run.StrikeAsync(async () =>
        {
            _services.WebToPostgres.Back.Hold();
            await run.PassAsync(3, 5);
            _services.WebToPostgres.Heal();
        });
        await run.EndAsync();
    }

    [Theory, MemberData(nameof(All)), Trait("Row", "F-11")]
    public async Task F11_PostgreSQL_is_silent_for_longer_than_anybody_waits(int seed)
    {
        await _services.MendAsync();
        await _services.RestartWebAsync(";Timeout=5;Command Timeout=3;Cancellation Timeout=1000");
        var run = await Run.StartAsync(_services, "F-11t", seed, 2 * People);
        await run.UnderWayAsync(0.05, 0.2);
        await run.StrikeAsync(async () =>
        {
            var before = _services.WebSaid(WaitedForNothing);
            _services.WebToPostgres.Back.Hold();
            await run.PassAsync(9, 12);
            var asked = Stopwatch.GetTimestamp();
            Assert.False(await _services.Api.AnswersAsync($"campaigns/{run.Campaign}"));
            Assert.InRange(Stopwatch.GetElapsedTime(asked), TimeSpan.Zero, _patience);
            Assert.True(_services.WebSaid(WaitedForNothing) > before, "Nobody waited in vain.");
            _services.WebToPostgres.Heal();
        });
        await run.EndAsync();
        await _services.KillWebAsync();
    }

    [Theory, MemberData(nameof(All)), Trait("Row", "F-15")]
    public async Task F15_People_ask_for_more_at_once_than_web_has_connections(int seed)
    {
        await _services.MendAsync();
        await _services.RestartWebAsync(";Maximum Pool Size=4");
        var run = await Run.StartAsync(_services, "F-15", seed, People);
        await run.UnderWayAsync(0.05, 0.2);
        await run.StrikeAsync(async () =>
        {
            var answered = await Task.WhenAll(Enumerable.Range(0, 64).Select(
                _ => _services.Api.AnswersAsync($"campaigns/{run.Campaign}/deliveries?limit=1000")));
            Assert.Contains(true, answered);
        });
        await run.EndAsync();
        await _services.KillWebAsync();
    }

    [Theory, MemberData(nameof(All)), Trait("Row", "F-16")]
    public async Task F16_A_foreign_transaction_keeps_dead_rows_in_the_way(int seed)
    {
        const int Dead = 100_000;
        await _services.MendAsync();
        await using var database = NpgsqlDataSource.Create(_services.Postgres.Says);
        await using var idle = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var open = await idle.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await ExecuteAsync(idle, "SELECT txid_current()");
        var run = await Run.PrepareAsync(_services, "F-16", seed, 4 * People);

        // Handed over slowly, so that there is something left to claim among the dead rows
        _services.WebToClient.Forward.Delay = TimeSpan.FromSeconds(0.2);
        await _services.Api.StartAsync(run.Campaign);
        await run.UnderWayAsync(0.02, 0.05);
        var waiting = 0;
        await run.StrikeAsync(async () =>
        {
            await using var other = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
            _services.WebToClient.Forward.Hold();
            for (var made = 0; made < Dead; made += waiting)
            {
                // The index that claims search gets an entry for each version
                waiting = await ExecuteAsync(
                    other,
                    "UPDATE mailmarketing.delivery SET due_at = due_at + interval '1 microsecond' "
                    + $"WHERE campaign_id = {run.Campaign} AND handed_over = 0 AND due_at IS NOT NULL");
                Assert.NotEqual(0, waiting);
            }

            _services.WebToClient.Heal();
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"{waiting} were claimed among {Dead} dead rows.");
        await run.EndAsync();
    }

    [Theory, MemberData(nameof(All)), Trait("Row", "F-17")]
    public async Task F17_Other_sessions_lock_rows_and_keep_a_transaction_open(int seed)
    {
        var run = await Run.StartAsync(_services, "F-17", seed, People);
        await using var database = NpgsqlDataSource.Create(_services.Postgres.Says);
        await using var idle = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var open = await idle.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await ExecuteAsync(idle, "SELECT txid_current()");
        await run.UnderWayAsync(0.05, 0.1);
        foreach (var rows in new[] { "campaign WHERE id", "delivery WHERE campaign_id", "campaign WHERE id", "delivery WHERE campaign_id" })
        {
            await run.StrikeAsync(async () =>
            {
                await using var locker = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
                await using var locked = await locker.BeginTransactionAsync(TestContext.Current.CancellationToken);
                await ExecuteAsync(locker, $"SELECT id FROM mailmarketing.{rows} = {run.Campaign} ORDER BY id LIMIT 500 FOR UPDATE");
                await run.PassAsync(0.3, 0.6);
            });
        }

        await run.EndAsync();
    }

    [Theory, MemberData(nameof(All)), Trait("Row", "F-37")]
    public async Task F37_People_unsubscribe_while_a_campaign_is_sent_to_them(int seed)
    {
        var run = await Run.StartAsync(_services, "F-37", seed, 3 * People);
        await run.UnderWayAsync(0.05, 0.1);
        var waiting = (await _services.Api.DeliveriesAsync(run.Campaign)).Where(delivery => delivery.Status == "pending").ToArray();
        run.Chance.Shuffle(waiting);
        var left = new Dictionary<Api.Delivery, DateTimeOffset>();
        await run.StrikeAsync(async () =>
        {
            foreach (var delivery in waiting.Take(30))
            {
                await _services.Api.PostAsync($"contacts/{delivery.ContactId}/unsubscribe");
                left[delivery] = DateTimeOffset.UtcNow;
            }
        });
        await run.EndAsync(ends: "suppressed");
        foreach (var delivery in left.Keys)
        {
            await _services.Api.PostAsync($"contacts/{delivery.ContactId}/subscribe");
        }

        // The gateway writes down when it answers, which is its latency after the message came
        var last = (await run.RecordAsync()).Where(answer => answer.IsNew).ToDictionary(answer => answer.To, answer => answer.At - Deployments.Latency);
        Assert.All(left, both => Assert.True(!last.TryGetValue(both.Key.Email, out var at) || at <= both.Value + _promised, $"{both.Key} got mail at {at}."));
        Assert.Contains(left.Keys, delivery => !last.ContainsKey(delivery.Email));
    }

    [Theory, MemberData(nameof(All)), Trait("Row", "F-39")]
    public async Task F39_Two_nodes_of_web_get_each_request_many_times_at_once(int seed)
    {
        const int Times = 5;
        var run = await Run.PrepareAsync(_services, "F-39", seed, People);
        var (another, api) = await _services.StartAnotherWebAsync();
        await using (another)
        {
            using (api)
            {
                Api[] nodes = [_services.Api, api];
                var like = await _services.Api.CampaignAsync(run.Campaign);
                var draft = new { name = $"F-39 of {seed}", templateId = like.GetProperty("templateId"), segmentIds = like.GetProperty("segmentIds") };
                var key = Guid.NewGuid().ToString();
                var made = await AtOnceAsync(nodes, Times, node => node.TryPostAsync("campaigns", draft, key));
                Assert.Single(made.Where(answer => answer.Status == HttpStatusCode.Created).DistinctBy(answer => answer.Body.GetProperty("id").GetInt64()));

                var started = await AtOnceAsync(nodes, Times, node => node.TryPostAsync($"campaigns/{run.Campaign}/start", new { }));
                Assert.Single(started, answer => answer.Status == HttpStatusCode.Accepted);
                Assert.Equal((2 * Times) - 1, started.Count(answer => answer.Status == HttpStatusCode.Conflict));
                await run.UnderWayAsync(0.05, 0.2);
                await run.StrikeAsync(async () => Assert.All(
                    await AtOnceAsync(nodes, Times, node => node.TryPostAsync($"campaigns/{run.Campaign}/start", new { })),
                    answer => Assert.Equal(HttpStatusCode.Conflict, answer.Status)));
                await run.EndAsync();
            }
        }
    }

    [Theory, MemberData(nameof(All)), Trait("Row", "F-40")]
    public async Task F40_Settings_are_saved_over_and_over_while_a_campaign_is_sent(int seed)
    {
        var run = await Run.StartAsync(_services, "F-40", seed, People);
        await run.UnderWayAsync(0.05, 0.1);
        await run.StrikeAsync(async () =>
        {
            for (var time = 0; time < 20; time++)
            {
                await _services.Api.PatchAsync("settings", new
                {
                    auth = new { user = "u", password = $"p{time}" },
                    email_from = new { name = $"Shop {time}", email = "shop@example.org" },
                });
            }

            await _services.Api.SetSenderAsync();
        });
        await run.EndAsync();
        Assert.All(await _services.Api.DeliveriesAsync(run.Campaign), delivery => Assert.Equal(1, delivery.Attempts));
    }

    private static Task<T[]> AtOnceAsync<T>(Api[] nodes, int times, Func<Api, Task<T>> call) =>
        Task.WhenAll(Enumerable.Repeat(nodes, times).SelectMany(all => all).Select(call));

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}

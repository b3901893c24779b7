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

    [Theory, MemberData(nameof(All)), Trait("Row", "F-16"), Trait("Row", "F-17")]
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

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}

namespace ReferenceHost.Tests.TwoServices;

public sealed class DeploymentTests
{
    private const int People = 10_000;

    [Fact]
    public async Task A_campaign_survives_the_end_of_every_part()
    {
        await using var services = await Deployment.StartAsync();
        var campaign = await services.Api.DraftAsync(People);
        await services.Api.StartAsync(campaign);
        (int Sent, Func<Task> Fault)[] faults =
        [
            (500, services.KillWebAsync), (1500, services.KillEmailClientAsync), (2500, services.Postgres.CrashAsync),
            (3500, services.Redis.CrashAsync), (4500, services.EmptyRedisAsync),
        ];
        foreach (var (sent, fault) in faults)
        {
            await Api.UntilAsync(async () => (await services.RecordAsync()).Count >= sent);
            await fault();
            await Api.UntilAsync(async () => await services.Api.AnswersAsync($"campaigns/{campaign}"));
            Assert.Equal("running", (await services.Api.CampaignAsync(campaign)).GetProperty("state").GetString());
        }

        await services.Api.CompletedAsync(campaign);
        var deliveries = await services.Api.DeliveriesAsync(campaign);
        Assert.Equal(People, deliveries.Select(delivery => delivery.Email).Distinct().Count());
        var record = await services.RecordAsync();
        Assert.All(deliveries, delivery =>
        {
            Assert.Equal(delivery.Status == "success" ? 1 : 0, record[delivery.Email].Count(answer => answer.IsNew));
            Assert.Contains(delivery.Status, new[] { "success", "failure", "unknown" });
        });
        Assert.True((await services.Api.GetAsync("settings")).GetProperty("auth").GetProperty("configured").GetBoolean());
    }
}

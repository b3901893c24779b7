namespace ReferenceHost.Tests.TwoServices;

public sealed class DeploymentTests
{
    private const int People = 2_000;

    [Fact]
    public async Task Campaigns_survive_the_end_of_every_part()
    {
        await using var services = await Deployment.StartAsync();
        Func<Task>[] faults = [services.KillWebAsync, services.KillEmailClientAsync, services.Postgres.CrashAsync, services.Redis.CrashAsync];
        for (var fault = 0; fault < faults.Length; fault++)
        {
            await StrikeAsync(services, People + fault, faults[fault]);
        }
    }

    [Fact]
    public async Task A_campaign_survives_the_loss_of_the_queue()
    {
        await using var services = await Deployment.StartAsync();
        await StrikeAsync(services, People, services.EmptyRedisAsync);
        Assert.True((await services.Api.GetAsync("settings")).GetProperty("auth").GetProperty("configured").GetBoolean());
    }

    // Strikes while a campaign is being sent, and compares what it says at its end with what the gateway took.
    private static async Task StrikeAsync(Deployment services, int people, Func<Task> fault)
    {
        var campaign = await services.Api.DraftAsync(people);
        var before = (await services.RecordAsync()).Count;
        await services.Api.StartAsync(campaign);
        var arrived = 0;
        await Api.UntilAsync(async () => (arrived = (await services.RecordAsync()).Count - before) >= people / 10);
        Assert.True(arrived < people, "Everything was sent before the fault struck.");
        await fault();
        await Api.UntilAsync(async () => await services.Api.AnswersAsync($"campaigns/{campaign}"));
        await services.Api.CompletedAsync(campaign);

        var deliveries = await services.Api.DeliveriesAsync(campaign);
        Assert.Equal(people, deliveries.Select(delivery => delivery.Email).Distinct().Count());
        Assert.All(deliveries, delivery => Assert.Contains(delivery.Status, new[] { "success", "failure", "auth_failure", "unknown" }));
        var taken = (await services.RecordAsync()).Skip(before).Where(answer => answer.IsNew).ToLookup(answer => answer.Key);
        Assert.All(taken, answers => Assert.Single(answers));
        var told = deliveries.Where(delivery => delivery.Status == "success").Select(delivery => delivery.MessageId).ToHashSet();
        Assert.Subset(taken.Select(answers => answers.Single().MessageId).ToHashSet(), told);
        Assert.InRange(taken.Count - told.Count, 0, deliveries.Count(delivery => delivery.Status == "unknown"));
    }
}

using System.Security.Cryptography;

namespace ReferenceHost.Tests.TwoServices;

/// <summary>A campaign from web through the email client to the gateway, three processes with real HTTP between them.</summary>
public sealed class CampaignTests
{
    private const int People = 5000;

    [Fact]
    public async Task Every_recipient_ends_with_the_attempts_and_the_outcome_that_the_gateway_saw()
    {
        await using var services = await Topology.StartAsync();
        var campaign = await services.Api.DraftAsync(People);
        await services.Api.StartAsync(campaign);
        var ended = await services.Api.CompletedAsync(campaign);

        Assert.Equal(People, ended.GetProperty("counts").GetProperty("planned").GetInt32());
        var deliveries = await services.Api.DeliveriesAsync(campaign);
        Assert.Equal(People, deliveries.Select(delivery => delivery.Email).Distinct().Count());
        var record = await services.RecordAsync();
        Assert.All(deliveries, delivery =>
        {
            var answers = record[delivery.Email].ToList();
            Assert.Equal(answers.Count, delivery.Attempts);
            Assert.Single(answers.Select(answer => answer.Key).Distinct());
            Assert.Single(answers.Select(answer => answer.BodyHash).Distinct());
            Assert.Equal(delivery.Status == "success", answers.Any(answer => answer.IsNew));
            Assert.Equal(answers.SingleOrDefault(answer => answer.IsNew)?.MessageId, delivery.MessageId);
            Assert.Equal(delivery.Status == "success", delivery.Error is null);
        });
        Assert.Equal(People, record.Count);
    }

    [Fact]
    public async Task Files_of_the_template_and_the_campaign_reach_the_gateway_as_they_were_at_the_start()
    {
        await using var services = await Topology.StartAsync("MockGateway:Weights=202=100");
        var (terms, map) = (RandomNumberGenerator.GetBytes(300_000), RandomNumberGenerator.GetBytes(1000));
        var ofTemplate = await services.Api.UploadAsync("attachments?name=Bedingungen%20%E2%82%AC.pdf", terms, "application/pdf");
        var ofCampaign = await services.Api.UploadAsync("attachments?name=map.png", map, "image/png");
        var template = new { name = "With files", subject = "News", text = "Hello {{ unsubscribe_url }}", attachments = new[] { ofTemplate } };
        var campaign = await services.Api.DraftAsync(300, template);
        var draft = await services.Api.CampaignAsync(campaign);
        await services.Api.PutAsync($"campaigns/{campaign}", new
        {
            name = "News", templateId = draft.GetProperty("templateId"), segmentIds = draft.GetProperty("segmentIds"),
            attachments = new[] { ofCampaign },
        });
        await services.Api.StartAsync(campaign);
        await services.Api.PutAsync($"templates/{draft.GetProperty("templateId")}", template with { attachments = [] });

        await services.Api.CompletedAsync(campaign);
        await services.Api.PostAsync($"templates/{draft.GetProperty("templateId")}/test", new { to = "me@example.org" });
        await Api.UntilAsync(async () => (await services.RecordAsync()).Contains("me@example.org"));

        var record = await services.RecordAsync();
        Assert.Equal(301, record.Count);
        GatewayFile[] expected =
        [
            new("Bedingungen €.pdf", "application/pdf", terms.Length, Convert.ToHexStringLower(SHA256.HashData(terms))),
            new("map.png", "image/png", map.Length, Convert.ToHexStringLower(SHA256.HashData(map))),
        ];
        Assert.All(record.Where(answers => answers.Key != "me@example.org").SelectMany(answers => answers), answer => Assert.Equal(expected, answer.Attachments));
        Assert.Null(Assert.Single(record["me@example.org"]).Attachments);
    }

    [Fact]
    public async Task Nothing_is_lost_or_repeated_when_the_email_client_is_killed()
    {
        await using var services = await Topology.StartAsync("MockGateway:Latency=00:00:00.005");
        var campaign = await services.Api.DraftAsync(People);
        await services.Api.StartAsync(campaign);
        foreach (var enough in new[] { 500, 2000 })
        {
            await Api.UntilAsync(async () => await services.Api.CountAsync(campaign, "success") >= enough);
            await services.KillEmailClientAsync();
            await services.StartEmailClientAsync();
        }

        await services.Api.CompletedAsync(campaign);
        await AssertExactAsync(services, campaign, People);
    }

    [Fact]
    public async Task Nothing_is_lost_or_repeated_when_web_is_killed()
    {
        const int People = 2000;
        await using var services = await Topology.StartAsync("MockGateway:Latency=00:00:00.005");
        var campaign = await services.Api.DraftAsync(People);
        await services.Api.StartAsync(campaign);
        await Api.UntilAsync(async () => await services.Api.CountAsync(campaign, "success") >= 300);
        await services.KillWebAsync();
        await services.StartWebAsync();

        await services.Api.CompletedAsync(campaign);
        await AssertExactAsync(services, campaign, People);
    }

    [Fact]
    public async Task An_email_client_that_is_told_to_stop_ends_clean_and_goes_on_later()
    {
        await using var services = await Topology.StartAsync("MockGateway:Latency=00:00:00.02", "Gateway:MaxConnections=2", "MockGateway:Weights=202=1");
        var campaign = await services.Api.DraftAsync(1000);
        await services.Api.StartAsync(campaign);
        await Api.UntilAsync(async () => await services.Api.CountAsync(campaign, "success") >= 100);
        Assert.Equal(0, await services.StopEmailClientAsync());
        var record = await services.RecordAsync();
        Assert.InRange(record.Count, 100, 999);

        await services.StartEmailClientAsync();
        await services.Api.CompletedAsync(campaign);
        Assert.All(await services.Api.DeliveriesAsync(campaign), delivery => Assert.Equal(("success", 1), (delivery.Status, delivery.Attempts)));
        Assert.All(await services.RecordAsync(), answers => Assert.Single(answers));
    }

    [Fact]
    public async Task A_paused_campaign_sends_nothing_more_until_it_is_resumed_and_a_cancelled_one_never_does()
    {
        await using var services = await Topology.StartAsync(
            "MockGateway:Latency=00:00:00.02", "Gateway:MaxConnections=2", "MockGateway:Weights=202=1", "Sending:Lease=00:00:30");
        var campaign = await services.Api.DraftAsync(1000);
        await services.Api.StartAsync(campaign);
        await Api.UntilAsync(async () => await services.Api.CountAsync(campaign, "success") >= 20);
        await services.Api.PostAsync($"campaigns/{campaign}/pause");
        var (paused, marked) = (0, 0);
        await Api.UntilAsync(async () =>
        {
            // What was marked ends by its own outcome; then nothing moves any more
            (paused, marked) = (marked, (await services.RecordAsync()).Count);
            return paused == marked;
        });
        Assert.InRange(marked, 20, 999);
        Assert.Equal("paused", (await services.Api.CampaignAsync(campaign)).GetProperty("state").GetString());

        await services.Api.PostAsync($"campaigns/{campaign}/resume");
        await Api.UntilAsync(async () => (await services.RecordAsync()).Count > marked + 20);
        await services.Api.PostAsync($"campaigns/{campaign}/cancel");
        await Api.UntilAsync(async () => await services.Api.CountAsync(campaign, "waiting") == 0);
        var sent = (await services.RecordAsync()).Count;
        var counts = (await services.Api.CampaignAsync(campaign)).GetProperty("counts");
        Assert.Equal((sent, 1000 - sent), (counts.GetProperty("success").GetInt32(), counts.GetProperty("cancelled").GetInt32()));
    }

    /// <summary>Each recipient was taken once at most, and a delivery is a success exactly where it was.</summary>
    private static async Task AssertExactAsync(Topology services, long campaign, int people)
    {
        var deliveries = await services.Api.DeliveriesAsync(campaign);
        Assert.Equal(people, deliveries.Select(delivery => delivery.Email).Distinct().Count());
        var record = await services.RecordAsync();
        Assert.All(deliveries, delivery =>
        {
            var answers = record[delivery.Email].ToList();
            Assert.Equal(delivery.Status == "success" ? 1 : 0, answers.Count(answer => answer.IsNew));
            Assert.Single(answers.Select(answer => answer.BodyHash).Distinct());

            // An attempt that was marked when the process died may never have left
            Assert.InRange(delivery.Attempts, answers.Count, answers.Count + 2);
        });
    }
}

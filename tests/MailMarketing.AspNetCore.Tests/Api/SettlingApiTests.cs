using System.Net;

namespace MailMarketing.AspNetCore.Tests.Api;

/// <summary>What a person settles after the end: unknown and failed deliveries, and whether all adds up.</summary>
public sealed class SettlingApiTests(ApiHost host)
{
    [Fact]
    public async Task An_unknown_delivery_is_resolved_as_sent_or_sent_again()
    {
        var (first, second) = (host.NewEmail("doubt"), host.NewEmail("doubt"));
        var campaign = (await host.CampaignToAsync(await host.AddSegmentAsync(first, second))).Id;
        var unknown = (await host.GetAsync($"/campaigns/{campaign}/deliveries?status=unknown")).Succeeded().Items;
        Assert.Equal(2, unknown.Count);
        var (one, other) = (unknown[0].GetProperty("id").GetInt64(), unknown[1].GetProperty("id").GetInt64());

        var sent = (await ResolveAsync(campaign, one, "sent")).Succeeded(HttpStatusCode.Accepted).Json;

        Assert.Equal(("success", true), (sent.GetProperty("status").GetString(), sent.GetProperty("byPerson").GetBoolean()));
        Assert.Contains("not unknown", (await ResolveAsync(campaign, one, "resend")).Refused(HttpStatusCode.Conflict), StringComparison.Ordinal);
        Assert.Empty(host.Gateway.SentTo(first));

        var again = (await ResolveAsync(campaign, other, "resend")).Succeeded(HttpStatusCode.Accepted).Json;
        Assert.Equal((2, false), (again.GetProperty("round").GetInt32(), again.GetProperty("byPerson").GetBoolean()));
        var counts = (await host.UntilAsync(campaign, "completed")).Json.GetProperty("counts");
        Assert.Equal((2, 0), (counts.GetProperty("success").GetInt32(), counts.GetProperty("unknown").GetInt32()));
        Assert.Single(host.Gateway.SentTo(second));
    }

    [Fact]
    public async Task A_delivery_is_resolved_in_its_own_campaign_only()
    {
        var campaign = (await host.CampaignToAsync(await host.AddSegmentAsync(host.NewEmail("doubt")))).Id;
        var other = (await host.CampaignToAsync(await host.AddSegmentAsync(host.NewEmail()))).Id;
        var unknown = (await host.GetAsync($"/campaigns/{campaign}/deliveries?status=unknown")).Items[0].GetProperty("id").GetInt64();

        (await ResolveAsync(other, unknown, "sent")).Refused(HttpStatusCode.NotFound);
        (await ResolveAsync(campaign, unknown, "sent")).Succeeded(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Those_chosen_are_retried_then_all_that_failed()
    {
        string[] people = [host.NewEmail("refuse"), host.NewEmail("refuse"), host.NewEmail("refuse"), host.NewEmail("doubt"), host.NewEmail()];
        var campaign = (await host.CampaignToAsync(await host.AddSegmentAsync(people))).Id;
        var all = (await host.GetAsync($"/campaigns/{campaign}/deliveries")).Items.Select(item => item.GetProperty("id").GetInt64()).ToList();

        (await host.PostAsync($"/campaigns/{campaign}/retry", $$"""{"deliveryIds": [{{all[0]}}, {{all[3]}}, {{all[4]}}]}""")).Succeeded(HttpStatusCode.Accepted);
        await host.UntilAsync(campaign, "completed");
        Assert.Equal([2, 1, 1, 2, 1], await RoundsAsync());

        (await host.PostAsync($"/campaigns/{campaign}/retry", "{}")).Succeeded(HttpStatusCode.Accepted);
        await host.UntilAsync(campaign, "completed");
        Assert.Equal([3, 2, 2, 2, 1], await RoundsAsync());

        (await host.PostAsync($"/campaigns/{campaign}/retry", $$"""{"deliveryIds": [{{all[4]}}]}""")).Refused(HttpStatusCode.Conflict);
        (await host.PostAsync($"/campaigns/{campaign}/retry", """{"deliveryIds": []}""")).Refused(HttpStatusCode.Conflict);

        async Task<IEnumerable<int>> RoundsAsync() =>
            (await host.GetAsync($"/campaigns/{campaign}/deliveries")).Items.Select(item => item.GetProperty("round").GetInt32()).ToList();
    }

    [Fact]
    public async Task A_campaign_is_reconciled_when_it_ends_and_when_asked_for()
    {
        var segment = await host.AddSegmentAsync(host.NewEmail(), host.NewEmail("refuse"));
        var draft = await host.AddCampaignAsync(await host.AddTemplateAsync(), segment);
        var before = (await host.GetAsync($"/campaigns/{draft}/reconciliation")).Succeeded().Json;
        Assert.Equal((0, 0), (before.GetProperty("planned").GetInt32(), before.GetProperty("outstanding").GetInt32()));

        var campaign = (await host.CampaignToAsync(segment)).Id;
        var kept = (await host.UntilAsync($"/campaigns/{campaign}", shown => shown.GetProperty("reconciliation").ValueKind == System.Text.Json.JsonValueKind.Object)).Json.GetProperty("reconciliation");
        var asked = (await host.GetAsync($"/campaigns/{campaign}/reconciliation")).Succeeded().Json;

        foreach (var found in new[] { kept, asked })
        {
            Assert.Equal((2, 0), (found.GetProperty("planned").GetInt32(), found.GetProperty("outstanding").GetInt32()));
            Assert.Equal(2, found.GetProperty("byState").EnumerateObject().Sum(state => state.Value.GetInt32()));
            Assert.Equal(1, found.GetProperty("byState").GetProperty("failure").GetInt32());
            Assert.Empty(found.GetProperty("differences").EnumerateArray());
        }

        Assert.True(asked.GetProperty("checkedAt").GetDateTimeOffset() >= kept.GetProperty("checkedAt").GetDateTimeOffset());
    }

    private Task<Answer> ResolveAsync(long campaign, long delivery, string how) =>
        host.PostAsync($"/campaigns/{campaign}/deliveries/{delivery}/resolve", $$"""{"as": "{{how}}"}""");
}

using System.Net;

namespace MailMarketing.AspNetCore.Tests.Api;

/// <summary>Campaigns before they start, over HTTP.</summary>
public sealed class PreflightApiTests(ApiHost host)
{
    [Fact]
    public async Task Every_item_has_a_code_a_level_and_words()
    {
        var campaign = await host.AddCampaignAsync(await host.AddTemplateAsync("Hello {{ attributes.city }}"), await host.AddSegmentAsync(host.NewEmail()));

        var answer = (await host.GetAsync($"/campaigns/{campaign}/preflight")).Succeeded().Json;

        Assert.Equal("error", answer.GetProperty("level").GetString());
        var items = answer.GetProperty("items").EnumerateArray().ToDictionary(item => item.GetProperty("code").GetString()!);
        Assert.Equal(["recipients", "names", "spf", "dkim", "dmarc"], items.Keys);
        Assert.Equal("ok", items["recipients"].GetProperty("level").GetString());
        Assert.Equal("The email can be made for nobody", items["names"].GetProperty("title").GetString());
        Assert.Contains("line 1", items["names"].GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.NotNull(items["names"].GetProperty("remedy").GetString());
        Assert.Equal("DNS could not be reached: No network in tests.", items["spf"].GetProperty("detail").GetString());
    }

    [Fact]
    public async Task The_API_starts_by_its_own_rules_and_a_campaign_that_started_is_not_looked_at()
    {
        var campaign = await host.AddCampaignAsync(await host.AddTemplateAsync("No link"), await host.AddSegmentAsync(host.NewEmail()));
        var items = (await host.GetAsync($"/campaigns/{campaign}/preflight")).Succeeded().Json.GetProperty("items").EnumerateArray();
        Assert.Equal("warning", items.Single(item => item.GetProperty("code").GetString() == "unsubscribe").GetProperty("level").GetString());
        (await host.PostAsync($"/campaigns/{campaign}/start")).Succeeded(HttpStatusCode.Accepted);
        (await host.GetAsync($"/campaigns/{campaign}/preflight")).Refused(HttpStatusCode.Conflict);
    }
}

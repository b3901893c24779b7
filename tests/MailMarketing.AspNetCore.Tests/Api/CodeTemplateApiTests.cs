using System.Net;
using System.Text.Json;

namespace MailMarketing.AspNetCore.Tests.Api;

/// <summary>Templates of the app's code, listed, previewed and sent by campaigns.</summary>
public sealed class CodeTemplateApiTests(ApiHost host)
{
    [Fact]
    public async Task Templates_in_code_are_listed_and_previewed()
    {
        var listed = Assert.Single((await host.GetAsync("/templates/code")).Succeeded().Items);
        Assert.Equal(("Welcome", "Welcome {{ name }}"), (listed.GetProperty("name").GetString(), listed.GetProperty("subject").GetString()));

        var preview = (await host.PostAsync("/templates/code/WELCOME/preview", "{}")).Succeeded().Json;
        Assert.Equal("Welcome Ada Lovelace", preview.GetProperty("subject").GetString());
        Assert.Contains(
            "GET /templates/code", (await host.PostAsync("/templates/code/none/preview", "{}")).Refused(HttpStatusCode.NotFound),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_campaign_names_one_is_tested_and_sent()
    {
        var (to, person) = (host.NewEmail(), host.NewEmail());
        var segment = await host.AddSegmentAsync(person);
        var campaign = (await host.PostAsync("/campaigns", $$"""
            {"name": "{{host.NewName("Campaign")}}", "templateName": "welcome", "segmentIds": [{{segment}}]}
            """)).Succeeded(HttpStatusCode.Created);
        Assert.Equal(JsonValueKind.Null, campaign.Json.GetProperty("templateId").ValueKind);
        Assert.Equal("Welcome", campaign.Json.GetProperty("templateName").GetString());

        (await host.PostAsync($"/campaigns/{campaign.Id}/test", $$"""{"to": "{{to}}"}""")).Succeeded();
        Assert.Equal("[Test] Welcome Ada Lovelace", Assert.Single(host.Gateway.SentTo(to)).Content.Subject);
        Assert.NotEqual("error", (await host.GetAsync($"/campaigns/{campaign.Id}/preflight")).Succeeded().Json.GetProperty("level").GetString());
        (await host.PostAsync($"/campaigns/{campaign.Id}/start")).Succeeded(HttpStatusCode.Accepted);
        await host.UntilAsync($"/campaigns/{campaign.Id}", shown => shown.GetProperty("state").GetString() == "completed");
        Assert.Equal($"Welcome {person}", Assert.Single(host.Gateway.SentTo(person)).Content.Subject);
    }
}

using System.Net;

namespace MailMarketing.AspNetCore.Tests.Api;

/// <summary>Campaigns that start by themselves, over HTTP.</summary>
public sealed class ScheduleApiTests(ApiHost host)
{
    [Fact]
    public async Task A_campaign_starts_by_itself_at_its_time()
    {
        var email = host.NewEmail();
        var campaign = await host.AddCampaignAsync(await host.AddTemplateAsync(), await host.AddSegmentAsync(email));
        var at = TimeProvider.System.GetUtcNow().AddSeconds(1).ToOffset(TimeSpan.FromHours(2));

        var scheduled = await host.PostAsync($"/campaigns/{campaign}/schedule", $$"""{"at": "{{at:yyyy-MM-dd'T'HH:mm:ss.fffzzz}}"}""");

        Assert.Equal("scheduled", scheduled.Succeeded(HttpStatusCode.Accepted).Json.GetProperty("state").GetString());
        Assert.InRange(
            scheduled.Json.GetProperty("scheduledAt").GetDateTimeOffset() - at, TimeSpan.FromMilliseconds(-1), TimeSpan.FromMilliseconds(1));
        var ended = await host.UntilAsync(campaign, "completed");
        Assert.InRange(
            ended.Json.GetProperty("startedAt").GetDateTimeOffset() - at, TimeSpan.FromMilliseconds(-1), TimeSpan.FromSeconds(10));
        Assert.Single(host.Gateway.SentTo(email));
    }

    [Fact]
    public async Task A_campaign_that_cannot_start_at_its_time_is_a_draft_that_says_why()
    {
        var campaign = await host.AddCampaignAsync(await host.AddTemplateAsync(), await host.AddSegmentAsync());
        await ScheduleAsync(campaign, TimeProvider.System.GetUtcNow());

        var draft = (await host.UntilAsync(campaign, "draft")).Json;

        Assert.Contains("reaches nobody", draft.GetProperty("startProblem").GetString(), StringComparison.Ordinal);
        (await host.PutAsync($"/campaigns/{campaign}", $$"""{"name": "Mended", "templateId": {{await host.AddTemplateAsync()}}}""")).Succeeded();
        await ScheduleAsync(campaign, TimeProvider.System.GetUtcNow().AddDays(1));
        Assert.Null((await host.GetAsync($"/campaigns/{campaign}")).Json.GetProperty("startProblem").GetString());
        (await host.DeleteAsync($"/campaigns/{campaign}")).Succeeded(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_scheduled_campaign_is_rescheduled_unscheduled_or_started_at_once_but_not_changed()
    {
        var email = host.NewEmail();
        var template = await host.AddTemplateAsync();
        var campaign = await host.AddCampaignAsync(template, await host.AddSegmentAsync(email));
        await ScheduleAsync(campaign, TimeProvider.System.GetUtcNow().AddDays(1));
        await ScheduleAsync(campaign, TimeProvider.System.GetUtcNow().AddDays(2));
        var change = $$"""{"name": "Other", "templateId": {{template}}}""";
        (await host.PutAsync($"/campaigns/{campaign}", change)).Refused(HttpStatusCode.Conflict);

        var draft = (await host.PostAsync($"/campaigns/{campaign}/unschedule")).Succeeded(HttpStatusCode.Accepted).Json;

        Assert.Equal("draft", draft.GetProperty("state").GetString());
        await ScheduleAsync(campaign, TimeProvider.System.GetUtcNow().AddDays(1));
        (await host.PostAsync($"/campaigns/{campaign}/start")).Succeeded(HttpStatusCode.Accepted);
        await host.UntilAsync(campaign, "completed");
        Assert.Single(host.Gateway.SentTo(email));
    }

    private async Task ScheduleAsync(long campaign, DateTimeOffset at) =>
        (await host.PostAsync($"/campaigns/{campaign}/schedule", $$"""{"at": "{{at:yyyy-MM-dd'T'HH:mm:ss'Z'}}"}""")).Succeeded(HttpStatusCode.Accepted);
}

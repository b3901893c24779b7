using System.Net;

namespace MailMarketing.AspNetCore.Tests.Api;

public sealed class CampaignApiTests(ApiHost host)
{
    /// <summary>Commands and states that do not allow them.</summary>
    public static TheoryData<string, string> Conflicts => new()
    {
        { "draft", "unschedule" }, { "draft", "pause" }, { "draft", "resume" }, { "draft", "cancel" }, { "draft", "retry" },
        { "scheduled", "pause" }, { "scheduled", "resume" }, { "scheduled", "retry" },
        { "running", "schedule" }, { "running", "unschedule" }, { "running", "start" }, { "running", "resume" }, { "running", "retry" },
        { "paused", "schedule" }, { "paused", "unschedule" }, { "paused", "start" }, { "paused", "pause" }, { "paused", "retry" },
        { "completed", "schedule" }, { "completed", "unschedule" }, { "completed", "start" }, { "completed", "pause" },
        { "completed", "resume" }, { "completed", "cancel" }, { "completed", "retry" },
        { "cancelled", "schedule" }, { "cancelled", "unschedule" }, { "cancelled", "start" }, { "cancelled", "pause" },
        { "cancelled", "resume" }, { "cancelled", "cancel" }, { "cancelled", "retry" },
    };

    [Theory]
    [MemberData(nameof(Conflicts))]
    public async Task A_command_that_the_state_does_not_allow_is_a_conflict_and_changes_nothing(string state, string command)
    {
        var campaign = await InStateAsync(state);
        var body = command == "schedule" ? """{"at": "2099-01-01T08:00:00Z"}""" : null;
        var detail = (await host.PostAsync($"/campaigns/{campaign}/{command}", body)).Refused(HttpStatusCode.Conflict);
        Assert.Contains("ampaign", detail, StringComparison.Ordinal);
        Assert.Equal(state, (await host.GetAsync($"/campaigns/{campaign}")).Json.GetProperty("state").GetString());
        await EndAsync(campaign, state);
    }

    [Theory]
    [InlineData("running")]
    [InlineData("paused")]
    [InlineData("completed")]
    [InlineData("cancelled")]
    public async Task A_campaign_once_started_is_neither_changed_nor_deleted(string state)
    {
        var campaign = await InStateAsync(state);
        var template = await host.AddTemplateAsync();
        (await host.PutAsync($"/campaigns/{campaign}", $$"""{"name": "Other", "templateId": {{template}}}"""))
            .Refused(HttpStatusCode.Conflict);
        (await host.DeleteAsync($"/campaigns/{campaign}")).Refused(HttpStatusCode.Conflict);
        await EndAsync(campaign, state);
    }

    [Fact]
    public async Task A_draft_is_replaced_and_deleted()
    {
        var (template, segment) = (await host.AddTemplateAsync(), await host.AddSegmentAsync());
        var campaign = await host.AddCampaignAsync(template, segment);
        var changed = (await host.PutAsync($"/campaigns/{campaign}", $$"""
            {"name": " Winter ", "templateId": {{template}}, "excludeSegmentIds": [{{segment}}, {{segment}}],
             "subject": "Snow", "policy": "atLeastOnce",
             "state": "completed", "id": 1, "counts": {"planned": 5} }
            """)).Succeeded().Json;
        Assert.Equal("Winter", changed.GetProperty("name").GetString());
        Assert.Equal("draft", changed.GetProperty("state").GetString());
        Assert.Equal(campaign, changed.GetProperty("id").GetInt64());
        Assert.Equal(0, changed.GetProperty("counts").GetProperty("planned").GetInt64());
        Assert.Empty(changed.GetProperty("segmentIds").EnumerateArray());
        Assert.Equal(segment, Assert.Single(changed.GetProperty("excludeSegmentIds").EnumerateArray()).GetInt64());
        Assert.Equal("Snow", changed.GetProperty("subject").GetString());
        Assert.Equal("atLeastOnce", changed.GetProperty("policy").GetString());
        (await host.DeleteAsync($"/campaigns/{campaign}")).Succeeded(HttpStatusCode.NoContent);
        (await host.GetAsync($"/campaigns/{campaign}")).Refused(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_template_without_an_unsubscribe_link_is_a_warning()
    {
        var (template, segment) = (await host.AddTemplateAsync("Hello"), await host.AddSegmentAsync());
        var campaign = await host.AddCampaignAsync(template, segment);
        var shown = await host.GetAsync($"/campaigns/{campaign}");
        Assert.Contains(
            "unsubscribe_url", Assert.Single(shown.Json.GetProperty("warnings").EnumerateArray()).GetString(), StringComparison.Ordinal);
        var replaced = await host.PutAsync($"/campaigns/{campaign}", $$"""{"name": "Same", "templateId": {{template}}}""");
        Assert.Single(replaced.Succeeded().Json.GetProperty("warnings").EnumerateArray());
    }

    [Fact]
    public async Task Starting_without_From_then_without_credentials_then_without_recipients_is_a_conflict_that_says_so()
    {
        await using var fresh = await ApiHost.StartAsync();
        var segment = await fresh.AddSegmentAsync();
        var campaign = await fresh.AddCampaignAsync(await fresh.AddTemplateAsync(), segment);
        Assert.Contains("From", await RefusedAsync(), StringComparison.Ordinal);
        (await fresh.PatchAsync("/settings", """{"email_from": {"email": "news@example.org"}}""")).Succeeded();
        Assert.Contains("credentials", await RefusedAsync(), StringComparison.Ordinal);
        (await fresh.PatchAsync("/settings", """{"auth": {"user": "u", "password": "p"}}""")).Succeeded();
        Assert.Contains("reaches nobody", await RefusedAsync(), StringComparison.Ordinal);

        async Task<string> RefusedAsync() => (await fresh.PostAsync($"/campaigns/{campaign}/start")).Refused(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Starting_after_the_template_or_the_segment_was_deleted_is_a_conflict_that_says_so()
    {
        var (template, segment) = (await host.AddTemplateAsync(), await host.AddSegmentAsync(host.NewEmail()));
        var first = await host.AddCampaignAsync(template, segment);
        var second = await host.AddCampaignAsync(await host.AddTemplateAsync(), segment);
        (await host.DeleteAsync($"/templates/{template}")).Succeeded(HttpStatusCode.NoContent);
        Assert.Contains("deleted", (await host.PostAsync($"/campaigns/{first}/start"))
            .Refused(HttpStatusCode.Conflict), StringComparison.Ordinal);
        Assert.Contains(
            "deleted", (await host.GetAsync($"/campaigns/{first}")).Json.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
        (await host.DeleteAsync($"/segments/{segment}")).Succeeded(HttpStatusCode.NoContent);
        (await host.PostAsync($"/campaigns/{second}/start")).Refused(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Starting_with_a_subject_that_does_not_parse_is_refused_with_its_place()
    {
        var (template, segment) = (await host.AddTemplateAsync(), await host.AddSegmentAsync(host.NewEmail()));
        var campaign = (await host.PostAsync("/campaigns", $$$"""
            {"name": "{{{host.NewName("Campaign")}}}", "templateId": {{{template}}}, "segmentIds": [{{{segment}}}],
             "subject": "Hi {{ nope }}"}
            """)).Succeeded(HttpStatusCode.Created).Id;
        var answer = await host.PostAsync($"/campaigns/{campaign}/start");
        answer.Refused(HttpStatusCode.UnprocessableEntity, "subject");
        Assert.Equal("subject", answer.Json.GetProperty("mistakes")[0].GetProperty("part").GetString());
    }

    [Fact]
    public async Task Deliveries_come_in_pages_and_by_status()
    {
        string[] people = [.. Enumerable.Range(0, 5).Select(_ => host.NewEmail())];
        var campaign = (await host.CampaignToAsync(await host.AddSegmentAsync([.. people, host.NewEmail("refuse")]))).Id;
        var seen = new List<string?>();
        var cursor = "";
        do
        {
            var page = (await host.GetAsync($"/campaigns/{campaign}/deliveries?status=success&limit=2{cursor}")).Succeeded();
            Assert.InRange(page.Items.Count, 1, 2);
            seen.AddRange(page.Items.Select(delivery => delivery.GetProperty("email").GetString()));
            cursor = page.NextCursor is { } next ? $"&cursor={next}" : null;
        }
        while (cursor is not null);
        Assert.Equal(people, seen);
        Assert.Single((await host.GetAsync($"/campaigns/{campaign}/deliveries?search={people[3]}")).Succeeded().Items);
        Assert.Empty((await host.GetAsync($"/campaigns/{campaign}/deliveries?status=auth_failure")).Succeeded().Items);
        Assert.Contains("auth_failure", (await host.GetAsync($"/campaigns/{campaign}/deliveries?status=lost"))
            .Refused(HttpStatusCode.BadRequest, "status"), StringComparison.Ordinal);
    }

    private async Task<long> InStateAsync(string state)
    {
        var lane = state is "completed" ? "bulk" : "slow";
        var segment = await host.AddSegmentAsync(host.NewEmail(), host.NewEmail(), host.NewEmail());
        var campaign = await host.AddCampaignAsync(await host.AddTemplateAsync(), segment, lane);
        if (state == "scheduled")
        {
            (await host.PostAsync($"/campaigns/{campaign}/schedule", """{"at": "2099-01-01T08:00:00Z"}""")).Succeeded(HttpStatusCode.Accepted);
        }
        else if (state != "draft")
        {
            (await host.PostAsync($"/campaigns/{campaign}/start")).Succeeded(HttpStatusCode.Accepted);
        }

        var command = state switch { "paused" => "pause", "cancelled" => "cancel", _ => null };
        if (command is not null)
        {
            (await host.PostAsync($"/campaigns/{campaign}/{command}")).Succeeded(HttpStatusCode.Accepted);
        }

        await host.UntilAsync(campaign, state);
        return campaign;
    }

    // Makes room in the slow lane for the next test
    private async Task EndAsync(long campaign, string state)
    {
        if (state is "scheduled" or "running" or "paused")
        {
            (await host.PostAsync($"/campaigns/{campaign}/cancel")).Succeeded(HttpStatusCode.Accepted);
        }
    }
}

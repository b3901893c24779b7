using System.Net;
using System.Text.Json;

namespace MailMarketing.AspNetCore.Tests.Api;

/// <summary>What an operator does, from the first contact to the last count, by HTTP alone.</summary>
public sealed class MainJobTests(ApiHost host)
{
    [Fact]
    public async Task A_campaign_goes_from_a_file_of_contacts_to_counts_that_add_up()
    {
        var (ada, bob, cyd, refused) = (host.NewEmail("ada"), host.NewEmail("bob"), host.NewEmail("cyd"), host.NewEmail("refuse"));
        var segment = await host.AddSegmentAsync();
        var import = (await host.ImportAsync(
            $"email,first_name,City\n{ada},Ada,London\n{bob},Bob,Paris\n{cyd},Cyd,Rome\n{refused},Dan,Oslo\nnobody,No,Where\n", segment))
            .Succeeded(HttpStatusCode.Accepted);
        Assert.Equal(import.Body, (await host.GetAsync($"/imports/{import.Id}")).Succeeded().Body);
        Assert.Equal("completed", import.Json.GetProperty("state").GetString());
        Assert.Equal(5, import.Json.GetProperty("rows").GetInt32());
        Assert.Equal(4, import.Json.GetProperty("added").GetInt32());
        Assert.Equal(1, import.Json.GetProperty("rejected").GetInt32());
        Assert.StartsWith("Line 6:", import.Json.GetProperty("errors")[0].GetString(), StringComparison.Ordinal);

        var members = (await host.GetAsync($"/segments/{segment}/contacts")).Succeeded().Items;
        Assert.Equal([ada, bob, cyd, refused], members.Select(member => member.GetProperty("email").GetString()));
        var contact = members[0].GetProperty("id").GetInt64();
        (await host.PostAsync($"/contacts/{members[2].GetProperty("id")}/unsubscribe")).Succeeded(HttpStatusCode.NoContent);

        var template = await AddTemplateAsync();
        var preview = (await host.PostAsync($"/templates/{template}/preview", $$"""{"contactId": {{contact}}}""")).Succeeded().Json;
        Assert.Equal("Hello Ada", preview.GetProperty("subject").GetString());
        Assert.Contains("in London", preview.GetProperty("html").GetString(), StringComparison.Ordinal);

        var campaign = await host.AddCampaignAsync(template, segment);
        var draft = (await host.GetAsync($"/campaigns/{campaign}")).Succeeded().Json;
        Assert.Equal("draft", draft.GetProperty("state").GetString());
        Assert.Empty(draft.GetProperty("warnings").EnumerateArray());
        Assert.Equal(0, draft.GetProperty("counts").GetProperty("planned").GetInt64());

        (await host.PostAsync($"/campaigns/{campaign}/start")).Succeeded(HttpStatusCode.Accepted);
        var counts = (await host.UntilAsync(campaign, "completed")).Json.GetProperty("counts");
        Assert.Equal(4, counts.GetProperty("planned").GetInt64());
        Assert.Equal(2, counts.GetProperty("success").GetInt64());
        Assert.Equal(1, counts.GetProperty("failure").GetInt64());
        Assert.Equal(1, counts.GetProperty("suppressed").GetInt64());
        Assert.Equal(4, counts.EnumerateObject().Where(count => count.Name is not ("planned" or "waiting")).Sum(count => count.Value.GetInt64()));

        var deliveries = (await host.GetAsync($"/campaigns/{campaign}/deliveries")).Succeeded().Items;
        Assert.Equal(
            ["success", "success", "suppressed", "failure"], deliveries.Select(delivery => delivery.GetProperty("status").GetString()));
        Assert.Equal(contact, deliveries[0].GetProperty("contactId").GetInt64());
        Assert.Equal($"id-{ada}", deliveries[0].GetProperty("messageId").GetString());
        Assert.Contains("No such mailbox", deliveries[3].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("Hello Bob", Assert.Single(host.Gateway.SentTo(bob)).Content.Subject);
        Assert.Empty(host.Gateway.SentTo(cyd));
    }

    [Fact]
    public async Task Retrying_a_completed_campaign_sends_to_those_who_failed_and_to_nobody_else()
    {
        var (ada, refused) = (host.NewEmail("ada"), host.NewEmail("refuse"));
        var segment = await host.AddSegmentAsync(ada, refused);
        var campaign = (await host.CampaignToAsync(segment)).Id;
        Assert.Equal(1, (await FailedAsync()).GetProperty("round").GetInt32());

        var running = (await host.PostAsync($"/campaigns/{campaign}/retry")).Succeeded(HttpStatusCode.Accepted).Json;
        Assert.Equal("running", running.GetProperty("state").GetString());
        await host.UntilAsync(campaign, "completed");

        Assert.Equal(2, (await FailedAsync()).GetProperty("round").GetInt32());
        Assert.Single(host.Gateway.SentTo(ada));

        async Task<JsonElement> FailedAsync() =>
            Assert.Single((await host.GetAsync($"/campaigns/{campaign}/deliveries?status=failure")).Succeeded().Items);
    }

    [Fact]
    public async Task A_running_campaign_can_be_paused_resumed_and_cancelled_and_keeps_its_counts()
    {
        var segment = await host.AddSegmentAsync([.. Enumerable.Range(0, 5).Select(_ => host.NewEmail())]);
        var campaign = await host.AddCampaignAsync(await host.AddTemplateAsync(), segment, "slow");
        Assert.Equal("running", await CommandAsync("start"));
        Assert.Equal("paused", await CommandAsync("pause"));
        Assert.Equal("running", await CommandAsync("resume"));
        Assert.Equal("cancelled", await CommandAsync("cancel"));
        var counts = (await host.GetAsync($"/campaigns/{campaign}")).Json.GetProperty("counts");
        Assert.Equal(5, counts.GetProperty("planned").GetInt64());
        Assert.InRange(counts.GetProperty("cancelled").GetInt64(), 1, 5);

        async Task<string?> CommandAsync(string command) =>
            (await host.PostAsync($"/campaigns/{campaign}/{command}"))
                .Succeeded(HttpStatusCode.Accepted).Json.GetProperty("state").GetString();
    }

    private async Task<long> AddTemplateAsync() => (await host.PostAsync("/templates", $$$"""
        {
          "name": "{{{host.NewName("Template")}}}",
          "subject": "Hello {{ first_name }}",
          "html": "<p>Hello in {{ attributes.City }}, <a href=\"{{ unsubscribe_url }}\">unsubscribe</a></p>",
          "language": "scriban"
        }
        """)).Succeeded(HttpStatusCode.Created).Id;
}

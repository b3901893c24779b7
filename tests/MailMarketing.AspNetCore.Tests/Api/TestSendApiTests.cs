using System.Net;

namespace MailMarketing.AspNetCore.Tests.Api;

/// <summary>Tests of templates and campaigns, sent to look at.</summary>
public sealed class TestSendApiTests(ApiHost host)
{
    [Fact]
    public async Task A_template_is_sent_as_a_test_that_nothing_counts()
    {
        var (to, template) = (host.NewEmail(), await host.AddTemplateAsync("Hello {{ name }} of {{ attributes.city }} {{ unsubscribe_url }}"));
        var contact = (await host.PostAsync(
            "/contacts", $$"""{"email": "{{host.NewEmail()}}", "name": "Bob", "attributes": {"city": "Paris"} }""")).Succeeded(HttpStatusCode.Created).Id;

        var answer = (await host.PostAsync($"/templates/{template}/test", $$"""{"to": "{{to}}", "contactId": {{contact}}}""")).Succeeded();

        var sent = Assert.Single(host.Gateway.SentTo(to));
        Assert.Equal(("[Test] Hi", "1"), (sent.Content.Subject, sent.Headers["X-MailMarketing-Test"]));
        Assert.Equal("Hello Bob of Paris https://example.org/unsubscribe", sent.Content.Text);
        Assert.Equal(sent.Content.Text, answer.Json.GetProperty("text").GetString());
        Assert.Empty((await host.GetAsync($"/contacts?search={to}")).Succeeded().Items);
        var entries = (await host.GetAsync($"/audit?limit=1000&search={Uri.EscapeDataString($"template {template} (")}")).Succeeded().Items;
        Assert.Equal(["template.add", "template.test"], entries.Select(entry => entry.GetProperty("action").GetString()));
        Assert.DoesNotContain(to, entries[1].GetProperty("after").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_campaign_is_sent_as_a_test_with_its_own_subject_until_it_has_started()
    {
        var (to, person) = (host.NewEmail(), host.NewEmail());
        var (template, segment) = (await host.AddTemplateAsync(), await host.AddSegmentAsync(person));
        var campaign = (await host.PostAsync("/campaigns", $$"""
            {"name": "{{host.NewName("Campaign")}}", "templateId": {{template}}, "segmentIds": [{{segment}}], "subject": "Own of {name}"}
            """.Replace("{name}", "{{ name }}", StringComparison.Ordinal))).Succeeded(HttpStatusCode.Created).Id;

        (await host.PostAsync($"/campaigns/{campaign}/test", $$"""{"to": "{{to}}"}""")).Succeeded();
        Assert.Equal("[Test] Own of Ada Lovelace", Assert.Single(host.Gateway.SentTo(to)).Content.Subject);

        var shown = (await host.GetAsync($"/campaigns/{campaign}")).Succeeded().Json;
        Assert.Equal(("draft", 0), (shown.GetProperty("state").GetString(), shown.GetProperty("counts").GetProperty("planned").GetInt32()));
        Assert.Empty((await host.GetAsync($"/campaigns/{campaign}/deliveries")).Succeeded().Items);
        (await host.PostAsync($"/campaigns/{campaign}/start")).Succeeded(HttpStatusCode.Accepted);
        (await host.PostAsync($"/campaigns/{campaign}/test", $$"""{"to": "{{to}}"}""")).Refused(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task What_the_gateway_refuses_and_whom_there_is_not_are_told()
    {
        var template = await host.AddTemplateAsync();
        Assert.Contains(
            "No such mailbox.",
            (await host.PostAsync($"/templates/{template}/test", """{"to": "refuse@example.org"}""")).Refused(HttpStatusCode.ServiceUnavailable),
            StringComparison.Ordinal);
        (await host.PostAsync($"/templates/{template}/test", """{"to": "a@example.org", "contactId": 999999}""")).Refused(HttpStatusCode.NotFound);
        var strict = await host.AddTemplateAsync("{{ attributes.nowhere.far }}");
        (await host.PostAsync($"/templates/{strict}/test", """{"to": "a@example.org"}""")).Refused(HttpStatusCode.UnprocessableEntity);
    }
}

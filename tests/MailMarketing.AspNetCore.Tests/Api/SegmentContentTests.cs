using System.Net;
using System.Text.Json;

namespace MailMarketing.AspNetCore.Tests.Api;

/// <summary>Templates that say something else to the members of a segment, from the preview to the message.</summary>
public sealed class SegmentContentTests(ApiHost host)
{
    [Fact]
    public async Task Preview_test_dry_run_and_campaign_show_members_their_own()
    {
        var (vip, other, to) = (host.NewEmail("vip"), host.NewEmail("other"), host.NewEmail());
        var audience = await host.AddSegmentAsync(vip, other);
        var (name, id) = (host.NewName("VIP"), 0L);
        id = (await host.PostAsync("/segments", $$"""{"name": "{{name}}"}""")).Succeeded(HttpStatusCode.Created).Id;
        var member = (await host.GetAsync($"/contacts?search={vip}")).Succeeded().Items[0].GetProperty("id").GetInt64();
        (await host.PutAsync($"/segments/{id}/contacts", $$"""{"contactIds": [{{member}}]}""")).Succeeded(HttpStatusCode.NoContent);
        var template = await host.AddTemplateAsync($"{{{{ if segments | array.contains '{name}' }}}}Gold{{{{ else }}}}Lead{{{{ end }}}} {{{{ unsubscribe_url }}}}");

        Assert.StartsWith("Gold", await TextAsync($"/templates/{template}/preview", $$"""{"contactId": {{member}}}"""), StringComparison.Ordinal);
        Assert.StartsWith("Lead", await TextAsync($"/templates/{template}/preview", "{}"), StringComparison.Ordinal);
        await TextAsync($"/templates/{template}/test", $$"""{"to": "{{to}}", "contactId": {{member}}}""");
        Assert.StartsWith("Gold", Assert.Single(host.Gateway.SentTo(to)).Content.Text, StringComparison.Ordinal);

        var campaign = await host.AddCampaignAsync(template, audience);
        var before = await HashesAsync(campaign);
        (await host.DeleteAsync($"/segments/{id}/contacts/{member}")).Succeeded(HttpStatusCode.NoContent);
        var without = await HashesAsync(campaign);
        Assert.NotEqual(before[0], without[0]);
        Assert.Equal(before[1], without[1]);
        (await host.PutAsync($"/segments/{id}/contacts", $$"""{"contactIds": [{{member}}]}""")).Succeeded(HttpStatusCode.NoContent);
        Assert.Equal(before, await HashesAsync(campaign));

        (await host.PostAsync($"/campaigns/{campaign}/start")).Succeeded(HttpStatusCode.Accepted);
        await host.UntilAsync(campaign, "completed");
        Assert.StartsWith("Gold", Assert.Single(host.Gateway.SentTo(vip)).Content.Text, StringComparison.Ordinal);
        Assert.StartsWith("Lead", Assert.Single(host.Gateway.SentTo(other)).Content.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_warns_of_a_segment_that_there_is_not()
    {
        var answer = (await host.PostAsync(
            "/templates/check", """{"name": "a", "subject": "s", "text": "{{ if segments | array.contains 'Nobody here' }}x{{ end }}"}""")).Succeeded();
        var warning = Assert.Single(answer.Json.GetProperty("warnings").EnumerateArray());
        Assert.Equal("There is no segment `Nobody here`, so that nobody is in it.", warning.GetProperty("message").GetString());
    }

    private async Task<string> TextAsync(string path, string json) =>
        (await host.PostAsync(path, json)).Succeeded().Json.GetProperty("text").GetString()!;

    private async Task<string?[]> HashesAsync(long campaign) =>
        [.. (await host.GetAsync($"/campaigns/{campaign}/dry-run")).Succeeded().Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).SkipLast(1)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("sha256").GetString())];
}

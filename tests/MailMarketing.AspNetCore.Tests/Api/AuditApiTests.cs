using System.Net;
using System.Text.Json;

namespace MailMarketing.AspNetCore.Tests.Api;

public sealed class AuditApiTests(ApiHost host)
{
    [Fact]
    public async Task What_is_done_to_a_campaign_is_written_down_in_its_order()
    {
        var segment = await host.AddSegmentAsync(host.NewEmail());
        var campaign = await host.AddCampaignAsync(await host.AddTemplateAsync(), segment, lane: "slow");
        (await host.PostAsync($"/campaigns/{campaign}/start")).Succeeded(HttpStatusCode.Accepted);
        (await host.PostAsync($"/campaigns/{campaign}/pause")).Succeeded(HttpStatusCode.Accepted);
        (await host.PostAsync($"/campaigns/{campaign}/pause")).Refused(HttpStatusCode.Conflict);
        (await host.PostAsync($"/campaigns/{campaign}/cancel")).Succeeded(HttpStatusCode.Accepted);

        var entries = (await host.GetAsync($"/audit?limit=1000&search={Uri.EscapeDataString($"campaign {campaign} (")}")).Succeeded().Items;
        Assert.Equal(["campaign.add", "campaign.start", "campaign.pause", "campaign.cancel"], entries.Select(entry => Text(entry, "action")));
        Assert.All(entries, entry => Assert.Equal(("anonymous", "127.0.0.1"), (Text(entry, "actor"), Text(entry, "address"))));
        Assert.Contains("\"planned\":1", Text(entries[1], "after"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_template_has_its_before_and_after()
    {
        var template = await host.AddTemplateAsync();
        (await host.PutAsync($"/templates/{template}", $$"""{"name": "{{host.NewName("Changed")}}", "subject": "Later", "text": "x"}""")).Succeeded();
        var entry = Assert.Single((await host.GetAsync("/audit?limit=1000&search=template.change")).Succeeded().Items, IsOurs);
        Assert.Contains("\"subject\":\"Hi\"", Text(entry, "before"), StringComparison.Ordinal);
        Assert.Contains("\"subject\":\"Later\"", Text(entry, "after"), StringComparison.Ordinal);

        bool IsOurs(JsonElement one) => Text(one, "subject")!.StartsWith($"template {template} (", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_settings_never_tell_the_credentials()
    {
        var own = await ApiHost.StartAsync();
        await using var _ = own;
        (await own.PatchAsync("/settings", """{"auth": {"user": "canary-user", "password": "canary-password"}, "headers": {"X-Shop": "1"}}""")).Succeeded();
        var answer = (await own.GetAsync("/audit")).Succeeded();
        var entry = Assert.Single(answer.Items);
        Assert.Equal(("settings.change", "sender, and the credentials of the default lane"), (Text(entry, "action"), Text(entry, "subject")));
        Assert.Contains("X-Shop", Text(entry, "after"), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_are_named_by_number_and_addresses_by_their_beginning()
    {
        var email = host.NewEmail("secretive");
        var contact = await host.AddContactAsync(email);
        (await host.PostAsync("/suppressions", $$"""{"email": "{{email}}"}""")).Succeeded(HttpStatusCode.NoContent);
        (await host.DeleteAsync($"/contacts/{contact}")).Succeeded(HttpStatusCode.NoContent);
        var all = (await host.GetAsync("/audit?limit=1000")).Succeeded();
        Assert.Contains($"\"contact {contact}\"", all.Body, StringComparison.Ordinal);
        Assert.Contains("s…@example.org", all.Items.Select(entry => Text(entry, "subject")));
        Assert.DoesNotContain(email, all.Body, StringComparison.Ordinal);
    }

    private static string? Text(JsonElement entry, string name) => entry.GetProperty(name).GetString();
}

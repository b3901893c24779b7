using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MailMarketing.AspNetCore.Tests.Api;

/// <summary>What a start would do, over HTTP, and starts that are held to it.</summary>
public sealed class DryRunApiTests(ApiHost host)
{
    [Fact]
    public async Task A_dry_run_tells_of_each_recipient_and_sends_nothing()
    {
        string[] people = [host.NewEmail(), host.NewEmail(), host.NewEmail()];
        var campaign = await host.AddCampaignAsync(await host.AddTemplateAsync(), await host.AddSegmentAsync(people));
        (await host.PostAsync("/suppressions", $$"""{"email": "{{people[1]}}"}""")).Succeeded(HttpStatusCode.NoContent);

        var answer = await host.GetAsync($"/campaigns/{campaign}/dry-run");

        Assert.Equal("application/x-ndjson", answer.Succeeded().Type);
        var lines = Lines(answer);
        Assert.Equal(people, lines.SkipLast(1).Select(line => line.GetProperty("email").GetString()));
        Assert.Equal(["send", "suppressed", "send"], lines.SkipLast(1).Select(line => line.GetProperty("decision").GetString()));
        Assert.Equal("The address is suppressed.", lines[1].GetProperty("reason").GetString());
        Assert.Matches("^[0-9a-f]{64}$", lines[0].GetProperty("sha256").GetString());
        Assert.NotEqual(lines[0].GetProperty("sha256").GetString(), lines[2].GetProperty("sha256").GetString());
        Assert.Equal(
            (3, 2, 1, 0),
            (lines[3].GetProperty("total").GetInt32(), lines[3].GetProperty("send").GetInt32(), lines[3].GetProperty("suppressed").GetInt32(),
                lines[3].GetProperty("errors").GetInt32()));
        var before = answer.Body[..(answer.Body.TrimEnd('\n').LastIndexOf('\n') + 1)];
        Assert.Equal($"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(before)))}", Manifest(answer));
        Assert.Equal(answer.Body, (await host.GetAsync($"/campaigns/{campaign}/dry-run")).Body);
        var shown = (await host.GetAsync($"/campaigns/{campaign}")).Json;
        Assert.Equal("draft", shown.GetProperty("state").GetString());
        Assert.Equal(Manifest(answer), shown.GetProperty("dryRun").GetProperty("manifest").GetString());
        Assert.All(people, person => Assert.Empty(host.Gateway.SentTo(person)));
    }

    [Fact]
    public async Task A_start_held_to_a_dry_run_starts_what_it_found_and_nothing_else()
    {
        string[] people = [host.NewEmail(), host.NewEmail()];
        var segment = await host.AddSegmentAsync(people);
        var campaign = await host.AddCampaignAsync(await host.AddTemplateAsync(), segment);
        var found = Manifest(await host.GetAsync($"/campaigns/{campaign}/dry-run"));
        await host.ImportAsync($"email\n{host.NewEmail()}\n", segment);

        var refused = (await StartAsync(campaign, found)).Refused(HttpStatusCode.Conflict);

        Assert.Contains("it found 2 recipients (2 to send, 0 suppressed, 0 with errors)", refused, StringComparison.Ordinal);
        Assert.Contains("now it is 3 recipients (3 to send, 0 suppressed, 0 with errors)", refused, StringComparison.Ordinal);
        Assert.Contains("not the last dry run", (await StartAsync(campaign, $"sha256:{new string('0', 64)}"))
            .Refused(HttpStatusCode.Conflict), StringComparison.Ordinal);
        Assert.Equal("draft", (await host.GetAsync($"/campaigns/{campaign}")).Json.GetProperty("state").GetString());
        var again = Manifest(await host.GetAsync($"/campaigns/{campaign}/dry-run"));
        (await StartAsync(campaign, again)).Succeeded(HttpStatusCode.Accepted);
        await host.UntilAsync(campaign, "completed");
        Assert.Single(host.Gateway.SentTo(people[0]));
    }

    [Fact]
    public async Task A_template_that_asks_for_the_time_is_held_to_the_clock_of_the_dry_run()
    {
        var email = host.NewEmail();
        var template = await host.AddTemplateAsync("It is {{ date.now | date.to_string '%FT%T' }} {{ unsubscribe_url }}");
        var campaign = await host.AddCampaignAsync(template, await host.AddSegmentAsync(email));
        var at = TimeProvider.System.GetUtcNow().AddDays(3).ToString("yyyy-MM-dd'T'08:00:00+02:00", System.Globalization.CultureInfo.InvariantCulture);
        var found = Manifest(await host.GetAsync($"/campaigns/{campaign}/dry-run?at={at}"));
        Assert.Equal(found, Manifest(await host.GetAsync($"/campaigns/{campaign}/dry-run?at={Uri.EscapeDataString(at)}")));
        Assert.NotEqual(found, Manifest(await host.GetAsync($"/campaigns/{campaign}/dry-run")));

        (await StartAsync(campaign, found)).Refused(HttpStatusCode.Conflict);
        (await host.PostAsync($"/campaigns/{campaign}/start", $$"""{"manifest": "{{found}}", "at": "{{at}}"}""")).Succeeded(HttpStatusCode.Accepted);

        await host.UntilAsync(campaign, "completed");
        Assert.Contains($"{at[..10]}T06:00:00", Assert.Single(host.Gateway.SentTo(email)).Content.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whom_no_message_can_be_made_for_is_told_with_the_reason()
    {
        var email = host.NewEmail();
        var campaign = await host.AddCampaignAsync(
            await host.AddTemplateAsync("{{ attributes.city | string.upcase }} {{ attributes.nowhere.far }}"), await host.AddSegmentAsync(email));

        var lines = Lines((await host.GetAsync($"/campaigns/{campaign}/dry-run")).Succeeded());

        Assert.Equal("error", lines[0].GetProperty("decision").GetString());
        Assert.Contains("line 1", lines[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal((1, 0), (lines[1].GetProperty("errors").GetInt32(), lines[1].GetProperty("send").GetInt32()));
    }

    [Fact]
    public async Task What_cannot_start_has_no_dry_run()
    {
        var draft = await host.AddCampaignAsync(await host.AddTemplateAsync(), await host.AddSegmentAsync(host.NewEmail()));
        (await host.GetAsync($"/campaigns/{draft}/dry-run?at=tomorrow")).Refused(HttpStatusCode.BadRequest, "at");
        (await host.GetAsync($"/campaigns/{draft}/dry-run?at=2999-01-01T00:00:00Z")).Refused(HttpStatusCode.UnprocessableEntity, "at");
        (await host.PostAsync($"/campaigns/{draft}/start")).Succeeded(HttpStatusCode.Accepted);
        (await host.GetAsync($"/campaigns/{draft}/dry-run")).Refused(HttpStatusCode.Conflict);
    }

    private static List<JsonElement> Lines(Answer answer) =>
        [.. answer.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];

    private static string Manifest(Answer answer) => Lines(answer.Succeeded())[^1].GetProperty("manifest").GetString()!;

    private Task<Answer> StartAsync(long campaign, string manifest) =>
        host.PostAsync($"/campaigns/{campaign}/start", $$"""{"manifest": "{{manifest}}"}""");
}

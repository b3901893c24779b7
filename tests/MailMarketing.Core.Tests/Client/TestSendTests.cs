namespace MailMarketing.Core.Tests.Client;

/// <summary>Emails sent once to be looked at.</summary>
public sealed class TestSendTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_test_for_a_sending_side_elsewhere_has_its_headers_and_links_that_lead_nowhere()
    {
        await using var harness = new ClientHarness(remote: true);
        harness.Remote.View = new()
        {
            From = new("News", "news@example.org"), AuthConfigured = true, Headers = new Dictionary<string, string> { ["Reply-To"] = "a@example.org" },
        };
        var template = await AddAsync(harness);
        var contact = (await harness.Client.Contacts.AddAsync(new() { Email = "bob@example.org", Name = "Bob" }, Stop)).OrThrow();

        var sent = (await harness.Client.Templates.SendTestAsync(template, " me@example.org ", contact.Id, Stop)).OrThrow();

        Assert.Equal("[Test] Hello", sent.Subject);
        var batch = harness.Remote.Batch!;
        Assert.Equal((null, "[Test] Hello"), (batch.CampaignId, batch.Content.Source.Subject));
        Assert.Equal("Reply-To: a@example.org, X-MailMarketing-Test: 1", Say(batch.Content.Headers));
        var job = Assert.Single(batch.Jobs);
        Assert.Null(job.JobId.AsDeliveryId());
        Assert.Equal(
            ("me@example.org", "Bob", "https://example.org/unsubscribe"),
            (job.Fields["email"], job.Fields["name"], job.Fields["unsubscribe_url"]));
    }

    [Fact]
    public async Task A_sending_side_that_is_away_is_told_as_such()
    {
        await using var harness = new ClientHarness(remote: true);
        var problem = (await harness.Client.Templates.SendTestAsync(await AddAsync(harness), "me@example.org", null, Stop)).Problem!;
        Assert.Equal(ProblemKind.Unavailable, problem.Kind);
        Assert.Contains("sending side cannot be reached", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_campaign_is_tested_with_its_own_subject_and_is_a_draft_after_it()
    {
        await using var harness = new ClientHarness();
        var campaign = await harness.ReadyCampaignAsync(subject: "Another");
        Assert.Equal("[Test] Another", (await harness.Client.Campaigns.SendTestAsync(campaign.Id, "me@example.org", null, Stop)).OrThrow().Subject);
        Assert.Equal(campaign, await harness.Client.Campaigns.GetAsync(campaign.Id, Stop));
        Assert.Equal(ProblemKind.NotFound, (await harness.Client.Campaigns.SendTestAsync(99, "me@example.org", null, Stop)).Problem!.Kind);
    }

    [Fact]
    public async Task What_cannot_be_sent_says_why()
    {
        await using var harness = new ClientHarness();
        var template = await AddAsync(harness);
        var templates = harness.Client.Templates;
        Assert.Equal(ProblemKind.Conflict, (await templates.SendTestAsync(template, "me@example.org", null, Stop)).Problem!.Kind);
        await harness.ReadyCampaignAsync();
        Assert.Equal("to", Assert.Single((await templates.SendTestAsync(template, "me", null, Stop)).Problem!.Errors).Key);
        Assert.Equal("There is no contact 9.", (await templates.SendTestAsync(template, "me@example.org", 9, Stop)).Problem!.Detail);
        Assert.Equal("There is no template 99.", (await templates.SendTestAsync(99, "me@example.org", null, Stop)).Problem!.Detail);
        var breaks = (await templates.AddAsync("b", new() { Subject = "s", Text = "breaks" }, Stop)).OrThrow();
        Assert.Equal("This contact has no name.", (await templates.SendTestAsync(breaks.Id, "me@example.org", null, Stop)).Problem!.Detail);
    }

    private static async Task<long> AddAsync(ClientHarness harness) =>
        (await harness.Client.Templates.AddAsync("test", new() { Subject = "Hello", Text = "Hi" }, Stop)).OrThrow().Id;

    private static string Say(IReadOnlyDictionary<string, string> headers) =>
        string.Join(", ", headers.Select(header => $"{header.Key}: {header.Value}").Order());
}

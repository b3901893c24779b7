namespace MailMarketing.Core.Tests.Client;

public sealed class CampaignsClientTests : IAsyncDisposable
{
    private readonly ClientHarness _harness = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CampaignsClient Campaigns => _harness.Client.Campaigns;

    [Fact]
    public async Task Starting_freezes_content_From_headers_address_and_time()
    {
        await _harness.Client.Settings.UpdateAsync(new() { Headers = new Dictionary<string, string> { ["X-Campaign"] = "may" } }, Stop);
        var campaign = await _harness.ReadyCampaignAsync(subject: "  Better subject ");

        var started = (await Campaigns.StartAsync(campaign.Id, Stop)).OrThrow();

        Assert.Equal(CampaignState.Running, started.State);
        var frozen = _harness.Stores.Started!;
        Assert.Equal("Better subject", frozen.Source.Subject);
        Assert.Equal("Hi {{ name }} {{ unsubscribe_url }}", frozen.Source.Text);
        Assert.Equal(new Mailbox("News", "news@example.org"), frozen.From);
        Assert.Equal("may", frozen.Headers["X-Campaign"]);
        Assert.Equal(new Uri("https://mail.example.org/news/"), frozen.PublicUrl);
        Assert.Equal(_harness.Time.GetUtcNow(), frozen.FrozenAt);
    }

    [Fact]
    public async Task A_campaign_without_From_is_not_started_and_the_remedy_told()
    {
        var campaign = await _harness.ReadyCampaignAsync();
        _harness.Stores.Settings = _harness.Stores.Settings with { From = null };
        await RefusedAsync(campaign, "From");
    }

    [Theory]
    [InlineData("ada@gmail.com")]
    [InlineData("ada@GMX.de")]
    public async Task A_campaign_From_a_mailbox_providers_domain_is_not_started_and_the_remedy_told(string from)
    {
        var campaign = await _harness.ReadyCampaignAsync();
        _harness.Stores.Settings = _harness.Stores.Settings with { From = new Mailbox("Ada", from) };
        await RefusedAsync(campaign, "set a From address at a domain of your own");
    }

    [Fact]
    public async Task A_campaign_without_credentials_is_not_started_and_the_remedy_told()
    {
        var campaign = await _harness.ReadyCampaignAsync();
        _harness.Stores.Settings = _harness.Stores.Settings with { ProtectedCredentials = new Dictionary<string, string>() };
        await RefusedAsync(campaign, "Lane bulk has no credentials");
    }

    [Fact]
    public async Task Credentials_of_one_lane_are_none_of_another()
    {
        var campaign = await _harness.ReadyCampaignAsync();
        await Campaigns.UpdateAsync(campaign.Id, campaign.Draft with { Lane = "other" }, Stop);
        await RefusedAsync(campaign, "Lane other has no credentials");
    }

    [Fact]
    public async Task A_campaign_that_reaches_nobody_is_not_started_and_the_remedy_told()
    {
        var campaign = await _harness.ReadyCampaignAsync();
        _harness.Stores.Audience = 0;
        await RefusedAsync(campaign, "reaches nobody");
    }

    [Fact]
    public async Task A_campaign_whose_template_was_deleted_is_not_started()
    {
        var campaign = await _harness.ReadyCampaignAsync();
        await _harness.Client.Templates.DeleteAsync(campaign.Draft.TemplateId!.Value, Stop);
        await RefusedAsync(campaign, "was deleted");
    }

    [Fact]
    public async Task A_template_with_mistakes_is_not_started_and_each_place_told()
    {
        var campaign = await _harness.ReadyCampaignAsync(text: "wrong");

        var result = await Campaigns.StartAsync(campaign.Id, Stop);

        Assert.Equal(ProblemKind.Invalid, result.Problem!.Kind);
        Assert.Equal(("text", 2, 5), (result.Problem.Mistakes[0].Part, result.Problem.Mistakes[0].Line, result.Problem.Mistakes[0].Column));
        Assert.Null(_harness.Stores.Started);
    }

    [Fact]
    public async Task A_sending_side_that_is_down_makes_the_start_unavailable()
    {
        await using var web = new ClientHarness(remote: true);
        web.Remote.View = new() { AuthConfigured = true, From = new(null, "news@example.org") };
        var campaign = await web.ReadyCampaignAsync();
        web.Remote.View = null;

        Assert.Equal(ProblemKind.Unavailable, (await web.Client.Campaigns.StartAsync(campaign.Id, Stop)).Problem!.Kind);
        Assert.Null(web.Stores.Started);
    }

    [Fact]
    public async Task A_sending_side_elsewhere_is_asked_for_From_and_credentials()
    {
        await using var web = new ClientHarness(remote: true);
        web.Remote.View = new()
        {
            From = new(null, "news@example.org"),
            Lanes = [new("bulk", Configured: false, LaneState.Closed, "No credentials.")],
        };
        var campaign = await web.ReadyCampaignAsync();

        Assert.Contains("no credentials", (await web.Client.Campaigns.StartAsync(campaign.Id, Stop)).Problem!.Detail, StringComparison.Ordinal);
        web.Remote.View = web.Remote.View with { Lanes = [new("bulk", Configured: true, LaneState.Open, null)] };
        Assert.Equal("news@example.org", (await StartedAsync()).From!.Email);

        async Task<FrozenContent> StartedAsync()
        {
            (await web.Client.Campaigns.StartAsync(campaign.Id, Stop)).OrThrow();
            return web.Stores.Started!;
        }
    }

    [Fact]
    public async Task Warnings_tell_of_a_missing_unsubscribe_link()
    {
        Assert.Contains("unsubscribe", Assert.Single(await Campaigns.WarningsAsync((await _harness.ReadyCampaignAsync("Hi")).Id, Stop)), StringComparison.Ordinal);
        Assert.Empty(await Campaigns.WarningsAsync((await _harness.ReadyCampaignAsync()).Id, Stop));
        var lost = await Campaigns.WarningsAsync(new CampaignDraft { Name = "n", TemplateId = 999 }, Stop);
        Assert.Contains("deleted", Assert.Single(lost), StringComparison.Ordinal);
        Assert.Empty(await Campaigns.WarningsAsync(999, Stop));
    }

    [Fact]
    public async Task A_command_to_no_campaign_is_NotFound()
    {
        Assert.Equal(ProblemKind.NotFound, (await Campaigns.StartAsync(999, Stop)).Problem!.Kind);
        Assert.Equal(ProblemKind.NotFound, (await Campaigns.PauseAsync(-1, Stop)).Problem!.Kind);
        Assert.Equal(ProblemKind.NotFound, (await _harness.Client.Deliveries.ListAsync(999, new(), Stop)).Problem!.Kind);
    }

    [Fact]
    public async Task A_campaign_runs_pauses_resumes_and_is_cancelled()
    {
        var id = (await _harness.ReadyCampaignAsync()).Id;
        await Campaigns.StartAsync(id, Stop);
        Assert.Equal(CampaignState.Paused, (await Campaigns.PauseAsync(id, Stop)).OrThrow().State);
        Assert.Equal(CampaignState.Running, (await Campaigns.ResumeAsync(id, Stop)).OrThrow().State);
        Assert.Equal(CampaignState.Cancelled, (await Campaigns.CancelAsync(id, Stop)).OrThrow().State);
        Assert.Equal(
            $"Campaign {id} is cancelled and cannot be resumed; only a campaign that is paused can.",
            (await Campaigns.ResumeAsync(id, Stop)).Problem!.Detail);
        Assert.Equal(ProblemKind.Conflict, (await Campaigns.RetryAsync(id, null, Stop)).Problem!.Kind);
    }

    [Theory]
    [InlineData(" ", "s", "bulk", SendPolicy.AtMostOnce, "name")]
    [InlineData("n", "a\r\nBcc: v@x.org", "bulk", SendPolicy.AtMostOnce, "subject")]
    [InlineData("n", "   ", "bulk", SendPolicy.AtMostOnce, "subject")]
    [InlineData("n", "s", "nowhere", SendPolicy.AtMostOnce, "lane")]
    [InlineData("n", "s", "bulk", (SendPolicy)7, "policy")]
    public async Task A_draft_that_does_not_validate_names_its_field(string name, string subject, string lane, SendPolicy policy, string field)
    {
        var draft = new CampaignDraft { Name = name, Subject = subject, Lane = lane, Policy = policy, TemplateId = 1, SegmentIds = [1] };
        Assert.Equal(field, Assert.Single((await Campaigns.AddAsync(draft, Stop)).Problem!.Errors).Key);
        Assert.Equal(field, Assert.Single((await Campaigns.UpdateAsync(1, draft, Stop)).Problem!.Errors).Key);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private async Task RefusedAsync(Campaign campaign, string words)
    {
        var result = await Campaigns.StartAsync(campaign.Id, Stop);
        Assert.Equal(ProblemKind.Conflict, result.Problem!.Kind);
        Assert.Contains(words, result.Problem.Detail, StringComparison.Ordinal);
        Assert.Null(_harness.Stores.Started);
    }
}

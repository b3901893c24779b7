using System.Text;

namespace MailMarketing.Core.Tests.Planning;

/// <summary>Campaigns that send a template of the app's code.</summary>
public sealed class CodeTemplateCampaignTests : IAsyncDisposable
{
    private readonly SqliteClient _mail = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CampaignsClient Campaigns => _mail.Client.Campaigns;

    public ValueTask DisposeAsync() => _mail.DisposeAsync();

    [Fact]
    public async Task It_is_chosen_by_name_and_frozen_at_the_start()
    {
        var campaign = await DraftAsync();
        Assert.Equal((null, "Welcome"), (campaign.Draft.TemplateId, campaign.Draft.TemplateName));
        Assert.Equal(campaign.Draft.TemplateName, (await Campaigns.GetAsync(campaign.Id, Stop))!.Draft.TemplateName);
        Assert.Empty(await Campaigns.WarningsAsync(campaign.Id, Stop));

        (await Campaigns.StartAsync(campaign.Id, Stop)).OrThrow();

        var claim = new ClaimRequest("bulk", 10, TimeSpan.FromMinutes(1));
        var job = (await _mail.Queue.ClaimAsync(claim, Stop))!.Jobs[0];
        Assert.Equal("Welcome {{ name }}", job.Content.Source.Subject);
    }

    [Fact]
    public async Task Preflight_dry_run_and_preview_make_its_messages()
    {
        var campaign = await DraftAsync();
        var preflight = (await Campaigns.PreflightAsync(campaign.Id, Stop)).OrThrow();
        Assert.NotEmpty(preflight.Items);
        Assert.DoesNotContain(preflight.Items, item => item.Level == PreflightLevel.Error);
        var output = new MemoryStream();
        var run = (await Campaigns.DryRunAsync(campaign.Id, null, output, Stop)).OrThrow();
        Assert.Equal((2, 2, 0), (run.Total, run.Send, run.Errors));
        Assert.Equal(3, Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        var template = Assert.Single(_mail.Client.Templates.InCode);
        Assert.Same(template, _mail.Client.Templates.FindInCode("welcome"));
        var preview = (await _mail.Client.Templates.PreviewAsync(template.Source, null, Stop)).OrThrow();
        Assert.Equal("Welcome Ada Lovelace", preview.Subject);
    }

    [Fact]
    public async Task What_names_none_or_two_is_refused_with_the_field_and_the_remedy()
    {
        await RefusedAsync(new() { Name = "x", TemplateName = "Farewell" }, "templateName", "There is no template Farewell in code; there are: Welcome.");
        await RefusedAsync(new() { Name = "x", TemplateName = " " }, "templateName", "The template's name is required.");
        await RefusedAsync(new() { Name = "x", TemplateName = "Welcome", TemplateId = 1 }, "templateName", "not both");
        await RefusedAsync(new() { Name = "x" }, "templateId", "The template is required.");
    }

    [Fact]
    public async Task One_that_left_the_code_keeps_its_campaign_from_starting_and_the_remedy_is_told()
    {
        var draft = (await DraftAsync()).Draft with { TemplateName = "Gone" };
        var campaign = (await _mail.Get<ICampaignStore>().AddAsync(draft, Stop)).OrThrow();

        var refusal = (await Campaigns.StartAsync(campaign.Id, Stop)).Problem!;

        Assert.Equal(ProblemKind.Conflict, refusal.Kind);
        Assert.Equal("Template Gone is not in the app's code any more: choose another template for the campaign.", refusal.Detail);
        Assert.Equal([refusal.Detail], await Campaigns.WarningsAsync(campaign.Id, Stop));
    }

    private async Task<Campaign> DraftAsync()
    {
        await _mail.ReadyAsync(Stop);
        var (stored, _) = await _mail.DraftAsync(2, Stop);
        var draft = stored.Draft with { TemplateId = null, TemplateName = " welcome" };
        return (await Campaigns.UpdateAsync(stored.Id, draft, Stop)).OrThrow();
    }

    private async Task RefusedAsync(CampaignDraft draft, string field, string words)
    {
        var problem = (await Campaigns.AddAsync(draft, Stop)).Problem!;
        Assert.Equal(ProblemKind.Invalid, problem.Kind);
        Assert.Contains(words, Assert.Single(problem.Errors[field]), StringComparison.Ordinal);
    }
}

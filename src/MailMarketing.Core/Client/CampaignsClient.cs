namespace MailMarketing;

/// <summary>Campaigns and the commands to them. A command that the state does not allow is a Conflict that says which states do.</summary>
public sealed class CampaignsClient
{
    private readonly ICampaignStore _campaigns;
    private readonly ITemplateStore _templates;
    private readonly CampaignPreflight _preflight;
    private readonly IReadOnlyList<string> _lanes;

    internal CampaignsClient(
        ICampaignStore campaigns, ITemplateStore templates, CampaignPreflight preflight, IReadOnlyList<string> lanes) =>
        (_campaigns, _templates, _preflight, _lanes) = (campaigns, templates, preflight, lanes);

    /// <summary>
    /// Adds a draft: Invalid on <c>name</c>, <c>templateId</c>, <c>segmentIds</c>, <c>excludeSegmentIds</c>, <c>subject</c>, <c>lane</c>
    /// or <c>policy</c>.
    /// </summary>
    public async Task<Result<Campaign>> AddAsync(CampaignDraft draft, CancellationToken cancellationToken)
    {
        var valid = CampaignRules.Check(draft, _lanes);
        return valid.Succeeded ? await _campaigns.AddAsync(valid.Value, cancellationToken) : valid.Problem;
    }

    /// <summary>Replaces a draft: NotFound, Conflict once it is no draft any more, Invalid as for adding.</summary>
    public async Task<Result<Campaign>> UpdateAsync(long id, CampaignDraft draft, CancellationToken cancellationToken)
    {
        var valid = CampaignRules.Check(draft, _lanes);
        return valid.Succeeded ? await _campaigns.UpdateAsync(id, valid.Value, cancellationToken) : valid.Problem;
    }

    /// <summary>The campaign with its counts, or null.</summary>
    public Task<Campaign?> GetAsync(long id, CancellationToken cancellationToken) => _campaigns.GetAsync(id, cancellationToken);

    /// <summary>Deletes a campaign that never started: NotFound, or Conflict. Gives what was deleted.</summary>
    public Task<Result<Campaign>> DeleteAsync(long id, CancellationToken cancellationToken) => _campaigns.DeleteAsync(id, cancellationToken);

    /// <summary>A page of campaigns by id: Invalid on <c>limit</c> or <c>cursor</c>.</summary>
    public Task<Result<Page<Campaign>>> ListAsync(PageRequest page, CancellationToken cancellationToken) =>
        PageRules.ReadAsync(page, () => _campaigns.ListAsync(page, cancellationToken));

    /// <summary>How many campaigns there are.</summary>
    public Task<long> CountAsync(CancellationToken cancellationToken) => _campaigns.CountAsync(cancellationToken);

    /// <summary>How many people a draft reaches now, after exclusions.</summary>
    public Task<long> CountAudienceAsync(CampaignDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return _campaigns.CountAudienceAsync(draft, cancellationToken);
    }

    /// <summary>What a person should know before starting the campaign; empty where there is nothing, or no such campaign.</summary>
    public async Task<IReadOnlyList<string>> WarningsAsync(long id, CancellationToken cancellationToken) =>
        await _campaigns.GetAsync(id, cancellationToken) is { } campaign ? await WarningsAsync(campaign.Draft, cancellationToken) : [];

    /// <summary>The same for a draft, whether it is stored or not.</summary>
    public async Task<IReadOnlyList<string>> WarningsAsync(CampaignDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return _preflight.Warnings(draft, await _templates.GetAsync(draft.TemplateId, cancellationToken));
    }

    /// <summary>
    /// Freezes content and audience and begins to send: NotFound; Invalid with <see cref="Problem.Mistakes"/> where the template is not
    /// fit; Conflict without From, credentials or recipients; Unavailable where the sending side cannot be asked.
    /// </summary>
    public async Task<Result<Campaign>> StartAsync(long id, CancellationToken cancellationToken)
    {
        var allowed = await AllowAsync(id, CampaignCommand.Start, cancellationToken);
        if (!allowed.Succeeded)
        {
            return allowed;
        }

        var draft = allowed.Value.Draft;
        var content = await _preflight.FreezeAsync(draft, await _templates.GetAsync(draft.TemplateId, cancellationToken), cancellationToken);
        if (!content.Succeeded)
        {
            return content.Problem;
        }

        if (await _campaigns.CountAudienceAsync(draft, cancellationToken) == 0)
        {
            return Problem.Conflict($"Campaign {id} reaches nobody: choose a segment with contacts, or exclude fewer.");
        }

        return await _campaigns.StartAsync(id, content.Value, cancellationToken);
    }

    /// <summary>Stops sending for now: NotFound, or Conflict.</summary>
    public Task<Result<Campaign>> PauseAsync(long id, CancellationToken cancellationToken) =>
        MoveAsync(id, CampaignCommand.Pause, cancellationToken);

    /// <summary>Goes on sending: NotFound, or Conflict.</summary>
    public Task<Result<Campaign>> ResumeAsync(long id, CancellationToken cancellationToken) =>
        MoveAsync(id, CampaignCommand.Resume, cancellationToken);

    /// <summary>Ends the campaign; what was not sent is cancelled: NotFound, or Conflict.</summary>
    public Task<Result<Campaign>> CancelAsync(long id, CancellationToken cancellationToken) =>
        MoveAsync(id, CampaignCommand.Cancel, cancellationToken);

    /// <summary>
    /// Begins a new round for deliveries that failed: all of them, or those chosen, which may be <see cref="DeliveryState.Unknown"/> too.
    /// NotFound, or Conflict where the state does not allow it or none qualifies.
    /// </summary>
    public async Task<Result<Campaign>> RetryAsync(long id, IReadOnlyList<long>? deliveryIds, CancellationToken cancellationToken)
    {
        var allowed = await AllowAsync(id, CampaignCommand.Retry, cancellationToken);
        return allowed.Succeeded ? await _campaigns.RetryAsync(id, deliveryIds, cancellationToken) : allowed;
    }

    private async Task<Result<Campaign>> MoveAsync(long id, CampaignCommand command, CancellationToken cancellationToken)
    {
        var allowed = await AllowAsync(id, command, cancellationToken);
        return allowed.Succeeded
            ? await _campaigns.MoveAsync(id, CampaignTransitions.From(command), CampaignTransitions.To(command), cancellationToken)
            : allowed;
    }

    // For the words of the refusal; the store judges again, in its transaction.
    private async Task<Result<Campaign>> AllowAsync(long id, CampaignCommand command, CancellationToken cancellationToken)
    {
        if (await _campaigns.GetAsync(id, cancellationToken) is not { } campaign)
        {
            return Problem.NotFound("campaign", id);
        }

        return CampaignTransitions.Refuse(id, campaign.State, command) is { } refusal ? refusal : campaign;
    }
}

using MailMarketing.Engine;

namespace MailMarketing;

/// <summary>Campaigns and the commands to them. A command that the state does not allow is a Conflict that says which states do.</summary>
public sealed partial class CampaignsClient
{
    private readonly ICampaignStore _campaigns;
    private readonly ICampaignSchedule _schedule;
    private readonly CodeTemplates _code;
    private readonly AttachmentsClient _attachments;
    private readonly CampaignPreflight _preflight;
    private readonly IReadOnlyList<string> _lanes;
    private readonly ContactSources _sources;
    private readonly DryRunner _dryRuns;
    private readonly PreflightRunner _preflights;
    private readonly TestSender _tests;
    private readonly WorkBell _bell;
    private readonly AuditClient _audit;
    private readonly TimeProvider _time;

    internal CampaignsClient(
        ICampaignStore campaigns, ICampaignSchedule schedule, CodeTemplates code, AttachmentsClient attachments,
        CampaignPreflight preflight, IReadOnlyList<string> lanes, ContactSources sources, DryRunner dryRuns, PreflightRunner preflights,
        TestSender tests, WorkBell bell, AuditClient audit, TimeProvider time)
    {
        (_campaigns, _schedule, _code, _attachments, _preflight) = (campaigns, schedule, code, attachments, preflight);
        (_lanes, _sources, _dryRuns, _preflights) = (lanes, sources, dryRuns, preflights);
        (_tests, _bell, _audit, _time) = (tests, bell, audit, time);
    }

    /// <summary>
    /// Adds a draft: Invalid on <c>name</c>, <c>templateId</c>, <c>templateName</c>, <c>segmentIds</c>, <c>source</c>,
    /// <c>excludeSegmentIds</c>, <c>subject</c>, <c>lane</c>, <c>policy</c> or <c>attachments</c>.
    /// </summary>
    public async Task<Result<Campaign>> AddAsync(CampaignDraft draft, CancellationToken cancellationToken)
    {
        var valid = await CheckAsync(draft, cancellationToken);
        return valid.Succeeded
            ? await _audit.NoteAsync(_campaigns.AddAsync(valid.Value, cancellationToken), "campaign.add", Subject, campaign => campaign.Draft)
            : valid.Problem;
    }

    /// <summary>Replaces a draft: NotFound, Conflict once it is no draft any more, Invalid as for adding.</summary>
    public async Task<Result<Campaign>> UpdateAsync(long id, CampaignDraft draft, CancellationToken cancellationToken)
    {
        var valid = await CheckAsync(draft, cancellationToken);
        if (!valid.Succeeded)
        {
            return valid.Problem;
        }

        var before = (await _campaigns.GetAsync(id, cancellationToken))?.Draft;
        return await _audit.NoteAsync(
            _campaigns.UpdateAsync(id, valid.Value, cancellationToken), "campaign.change", Subject, campaign => campaign.Draft, before);
    }

    /// <summary>The campaign with its counts, or null.</summary>
    public Task<Campaign?> GetAsync(long id, CancellationToken cancellationToken) => _campaigns.GetAsync(id, cancellationToken);

    /// <summary>Deletes a campaign that never started: NotFound, or Conflict. Gives what was deleted.</summary>
    public Task<Result<Campaign>> DeleteAsync(long id, CancellationToken cancellationToken) =>
        _audit.NoteAsync(_campaigns.DeleteAsync(id, cancellationToken), "campaign.delete", Subject);

    /// <summary>A page of campaigns by id: Invalid on <c>limit</c> or <c>cursor</c>.</summary>
    public Task<Result<Page<Campaign>>> ListAsync(PageRequest page, CancellationToken cancellationToken) =>
        PageRules.ReadAsync(page, () => _campaigns.ListAsync(page, cancellationToken));

    /// <summary>How many campaigns there are.</summary>
    public Task<long> CountAsync(CancellationToken cancellationToken) => _campaigns.CountAsync(cancellationToken);

    /// <summary>
    /// How many people a draft would reach if it started now, each address once, after exclusions; those suppressed are counted. Reads
    /// the draft's contact source to its end and writes nothing.
    /// </summary>
    /// <exception cref="ArgumentException">The draft names a source that is not registered.</exception>
    /// <exception cref="MailMarketingException">The source failed.</exception>
    public Task<long> CountAudienceAsync(CampaignDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return draft.Source is { } source && _sources.Judge(source) is { } mistake
            ? throw new ArgumentException(mistake, nameof(draft))
            : _campaigns.CountAudienceAsync(draft, PeopleOf(draft, cancellationToken), cancellationToken);
    }

    /// <summary>What a person should know before starting the campaign; empty where there is nothing, or no such campaign.</summary>
    public async Task<IReadOnlyList<string>> WarningsAsync(long id, CancellationToken cancellationToken) =>
        await _campaigns.GetAsync(id, cancellationToken) is { } campaign ? await WarningsAsync(campaign.Draft, cancellationToken) : [];

    /// <summary>The same for a draft, whether it is stored or not.</summary>
    public async Task<IReadOnlyList<string>> WarningsAsync(CampaignDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return await _preflight.WarningsAsync(draft, cancellationToken);
    }

    /// <summary>Stops sending for now: NotFound, or Conflict.</summary>
    public Task<Result<Campaign>> PauseAsync(long id, CancellationToken cancellationToken) =>
        _audit.NoteAsync(MoveAsync(id, CampaignCommand.Pause, cancellationToken), "campaign.pause", Subject);

    /// <summary>Goes on sending: NotFound, or Conflict.</summary>
    public Task<Result<Campaign>> ResumeAsync(long id, CancellationToken cancellationToken) =>
        _audit.NoteAsync(MoveAsync(id, CampaignCommand.Resume, cancellationToken), "campaign.resume", Subject);

    /// <summary>Ends the campaign; what was not sent is cancelled: NotFound, or Conflict.</summary>
    public Task<Result<Campaign>> CancelAsync(long id, CancellationToken cancellationToken) =>
        _audit.NoteAsync(MoveAsync(id, CampaignCommand.Cancel, cancellationToken), "campaign.cancel", Subject);

    /// <summary>
    /// Begins a new round for deliveries that failed: all of them, or those chosen, which may be <see cref="DeliveryState.Unknown"/> too.
    /// NotFound, or Conflict where the state does not allow it or none qualifies.
    /// </summary>
    public async Task<Result<Campaign>> RetryAsync(long id, IReadOnlyList<long>? deliveryIds, CancellationToken cancellationToken)
    {
        var allowed = await AllowAsync(id, CampaignCommand.Retry, cancellationToken);
        return allowed.Succeeded
            ? await _audit.NoteAsync(
                _bell.AfterAsync(_campaigns.RetryAsync(id, deliveryIds, cancellationToken)), "campaign.retry", Subject,
                _ => new { deliveries = deliveryIds is null ? "all that failed" : (object)deliveryIds })
            : allowed;
    }

    private async Task<Result<CampaignDraft>> CheckAsync(CampaignDraft draft, CancellationToken cancellationToken)
    {
        var valid = CampaignRules.Check(draft, _lanes, _sources, _code);
        if (!valid.Succeeded || valid.Value.Attachments is null)
        {
            return valid;
        }

        var files = await _attachments.CheckAsync(valid.Value.Attachments, cancellationToken);
        return files.Succeeded ? valid.Value with { Attachments = files.Value.Count == 0 ? null : files.Value } : files.Problem;
    }

    private IAsyncEnumerable<ContactData?>? PeopleOf(CampaignDraft draft, CancellationToken cancellationToken) =>
        draft.Source is { } source ? _sources.ReadAsync(source, cancellationToken) : null;

    private async Task<Result<Campaign>> MoveAsync(long id, CampaignCommand command, CancellationToken cancellationToken)
    {
        var allowed = await AllowAsync(id, command, cancellationToken);
        return allowed.Succeeded
            ? await _bell.AfterAsync(
                _campaigns.MoveAsync(id, CampaignTransitions.From(command), CampaignTransitions.To(command), cancellationToken))
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

    private static string Subject(Campaign campaign) => $"campaign {campaign.Id} ({campaign.Draft.Name})";
}

namespace MailMarketing;

/// <summary>Keeps campaigns, freezes their audiences and moves them through their states.</summary>
/// <remarks>Every method is one transaction. The caller names the states it moves a campaign from; a campaign in another is a Conflict.</remarks>
public interface ICampaignStore
{
    /// <summary>Adds a draft: Invalid on <c>templateId</c>, <c>segmentIds</c> or <c>excludeSegmentIds</c> where one does not exist.</summary>
    Task<Result<Campaign>> AddAsync(CampaignDraft draft, CancellationToken cancellationToken);

    /// <summary>The campaign, or null.</summary>
    Task<Campaign?> GetAsync(long id, CancellationToken cancellationToken);

    /// <summary>Replaces a draft: NotFound, Conflict once it left <see cref="CampaignState.Draft"/>, Invalid as for adding.</summary>
    Task<Result<Campaign>> UpdateAsync(long id, CampaignDraft draft, CancellationToken cancellationToken);

    /// <summary>Deletes a campaign that never started: NotFound, or Conflict. Gives what was deleted.</summary>
    Task<Result<Campaign>> DeleteAsync(long id, CancellationToken cancellationToken);

    /// <summary>A page of campaigns by id.</summary>
    Task<Page<Campaign>> ListAsync(PageRequest page, CancellationToken cancellationToken);

    /// <summary>How many campaigns there are.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken);

    /// <summary>
    /// How many people a draft would reach if it started now: those of its segments and of <paramref name="people"/>, each address once,
    /// after exclusions; those suppressed are counted. Changes nothing.
    /// </summary>
    /// <param name="draft">The draft, stored or not.</param>
    /// <param name="people">As for <see cref="StartAsync"/>.</param>
    /// <param name="cancellationToken">Gives up counting.</param>
    Task<long> CountAudienceAsync(CampaignDraft draft, IAsyncEnumerable<ContactData?>? people, CancellationToken cancellationToken);

    /// <summary>
    /// Starts a draft or scheduled campaign: freezes content and audience (one delivery per contact, by one set-based insert; those not
    /// mailable are <see cref="DeliveryState.Suppressed"/> from the start) and moves it to <see cref="CampaignState.Running"/>, or to
    /// <see cref="CampaignState.Completed"/> where nobody is left to mail. NotFound; Conflict where the state does not allow it, the
    /// campaign was changed since, or the audience is empty or not as asked for, and then nothing is changed.
    /// </summary>
    /// <remarks>
    /// The people are read into a staged table, in constant memory and holding no lock that others wait for. Then one transaction adds or
    /// updates the contacts and freezes the audience. What <paramref name="people"/> throw leaves contacts and campaign as they were, and
    /// nothing staged.
    /// </remarks>
    /// <param name="id">The campaign.</param>
    /// <param name="request">What it starts with.</param>
    /// <param name="people">
    /// The people of the draft's contact source, read once, null for one that is refused and only counted; null where it has no source.
    /// </param>
    /// <param name="cancellationToken">Gives up starting.</param>
    Task<Result<Campaign>> StartAsync(
        long id, StartRequest request, IAsyncEnumerable<ContactData?>? people, CancellationToken cancellationToken);

    /// <summary>
    /// Everyone a draft would reach if it started now, as <see cref="CountAudienceAsync"/> counts them: contacts by id, with what
    /// <paramref name="people"/> say of them, then those of <paramref name="people"/> who are no contacts yet, in their order. Reads in
    /// constant memory, changes nothing and keeps no transaction open.
    /// </summary>
    IAsyncEnumerable<AudienceMember> ReadAudienceAsync(
        CampaignDraft draft, IAsyncEnumerable<ContactData?>? people, CancellationToken cancellationToken);

    /// <summary>Keeps what a dry run came to as <see cref="Campaign.DryRun"/>; nothing where there is no such campaign.</summary>
    Task SaveDryRunAsync(long id, DryRun run, CancellationToken cancellationToken);

    /// <summary>
    /// Moves a campaign from one of <paramref name="from"/> to <paramref name="to"/> and raises its revision. To
    /// <see cref="CampaignState.Cancelled"/>: deliveries neither marked as sending nor handed over end
    /// <see cref="DeliveryState.Cancelled"/>. Change of a campaign with deliveries handed over is queued for the sending side.
    /// </summary>
    Task<Result<Campaign>> MoveAsync(long id, IReadOnlyList<CampaignState> from, CampaignState to, CancellationToken cancellationToken);

    /// <summary>
    /// Begins a new round for deliveries that ended <see cref="DeliveryState.Failure"/>, <see cref="DeliveryState.AuthFailure"/> (and
    /// <see cref="DeliveryState.Unknown"/> where chosen by id): all of the campaign, or those chosen. A completed campaign runs again.
    /// Conflict where none qualifies.
    /// </summary>
    Task<Result<Campaign>> RetryAsync(long id, IReadOnlyList<long>? deliveryIds, CancellationToken cancellationToken);
}

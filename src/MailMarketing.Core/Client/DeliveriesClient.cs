namespace MailMarketing;

/// <summary>What became of each recipient of a campaign.</summary>
public sealed class DeliveriesClient
{
    private readonly IDeliveryStore _deliveries;
    private readonly ICampaignStore _campaigns;

    private readonly Reconciler _reconciler;

    internal DeliveriesClient(IDeliveryStore deliveries, ICampaignStore campaigns, Reconciler reconciler) =>
        (_deliveries, _campaigns, _reconciler) = (deliveries, campaigns, reconciler);

    /// <summary>The delivery, or null.</summary>
    public Task<Delivery?> GetAsync(long id, CancellationToken cancellationToken) => _deliveries.GetAsync(id, cancellationToken);

    /// <summary>A page of a campaign's deliveries by id: NotFound, or Invalid on <c>limit</c>, <c>cursor</c> or <c>status</c>.</summary>
    public async Task<Result<Page<Delivery>>> ListAsync(long campaignId, DeliveryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.State is { } state && !Enum.IsDefined(state))
        {
            return Problem.Invalid("status", "The status is not one of a delivery's.");
        }

        return await _campaigns.GetAsync(campaignId, cancellationToken) is null
            ? Problem.NotFound("campaign", campaignId)
            : await PageRules.ReadAsync(query, () => _deliveries.ListAsync(campaignId, query, cancellationToken));
    }

    /// <summary>
    /// A page of what a contact was sent and is to be sent, of all campaigns, by id: Invalid on <c>limit</c> or <c>cursor</c>; empty for a
    /// contact that there never was.
    /// </summary>
    public Task<Result<Page<ContactDelivery>>> OfContactAsync(long contactId, PageRequest page, CancellationToken cancellationToken) =>
        PageRules.ReadAsync(page, () => _deliveries.ListOfContactAsync(contactId, page, cancellationToken));

    /// <summary>
    /// Ends the doubt about deliveries that are <see cref="DeliveryState.Unknown"/>. NotFound for one that is none of the campaign's;
    /// Conflict where one is not unknown or the campaign's state does not allow it, and then nothing is changed; Invalid on <c>as</c>. What
    /// is to be sent again to people who opted out meanwhile stays as it is; a Conflict where that is all.
    /// </summary>
    /// <param name="campaignId">The campaign.</param>
    /// <param name="deliveryIds">The deliveries, at least one.</param>
    /// <param name="resolution">What became of them, or is to become of them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The campaign with its counts.</returns>
    public async Task<Result<Campaign>> ResolveAsync(
        long campaignId, IReadOnlyList<long> deliveryIds, DeliveryResolution resolution, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deliveryIds);
        if (!Enum.IsDefined(resolution))
        {
            return Problem.Invalid("as", "A delivery is resolved as sent or as resend.");
        }

        if (await _campaigns.GetAsync(campaignId, cancellationToken) is not { } campaign)
        {
            return Problem.NotFound("campaign", campaignId);
        }

        foreach (var id in deliveryIds)
        {
            if (await JudgeAsync(campaignId, id, cancellationToken) is { } problem)
            {
                return problem;
            }
        }

        var command = resolution == DeliveryResolution.Sent ? CampaignCommand.ConfirmSent : CampaignCommand.Retry;
        if (CampaignTransitions.Refuse(campaignId, campaign.State, command) is { } refusal)
        {
            return refusal;
        }

        if (resolution == DeliveryResolution.Resend)
        {
            return await _campaigns.RetryAsync(campaignId, deliveryIds, cancellationToken);
        }

        // A report that came meanwhile has said the same
        await _deliveries.ConfirmSentAsync(campaignId, deliveryIds, cancellationToken);
        return (await _campaigns.GetAsync(campaignId, cancellationToken))!;
    }

    /// <summary>
    /// Counts a campaign's deliveries now and holds that against its plan, its counts and the queue; what does not add up is told in words.
    /// It is also done when a campaign ends. NotFound.
    /// </summary>
    public Task<Result<Reconciliation>> ReconcileAsync(long campaignId, CancellationToken cancellationToken) =>
        _reconciler.CheckAsync(campaignId, cancellationToken);

    private async Task<Problem?> JudgeAsync(long campaignId, long deliveryId, CancellationToken cancellationToken) =>
        await _deliveries.GetAsync(deliveryId, cancellationToken) switch
        {
            { } delivery when delivery.CampaignId == campaignId => delivery.Status.State == DeliveryState.Unknown
                ? null
                : Problem.Conflict($"Delivery {deliveryId} is not unknown, so there is nothing to resolve; it was settled meanwhile."),
            _ => Problem.NotFound("delivery", deliveryId),
        };
}

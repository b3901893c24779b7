namespace MailMarketing;

/// <summary>Keeps deliveries: what became of each campaign for each contact.</summary>
public interface IDeliveryStore
{
    /// <summary>The delivery, or null.</summary>
    Task<Delivery?> GetAsync(long id, CancellationToken cancellationToken);

    /// <summary>A page of a campaign's deliveries by id; search looks in the address.</summary>
    Task<Page<Delivery>> ListAsync(long campaignId, DeliveryQuery query, CancellationToken cancellationToken);

    /// <summary>A page of a contact's deliveries, of all campaigns, by id; search looks in the campaign's name.</summary>
    Task<Page<ContactDelivery>> ListOfContactAsync(long contactId, PageRequest page, CancellationToken cancellationToken);

    /// <summary>
    /// Joins what the sending side reports into the deliveries (<see cref="DeliveryStatus.YieldsTo"/>; an event of round 0 counts as of the
    /// delivery's own round), in one transaction; the attempts are the most that any of them counted. A campaign whose last delivery ends becomes <see cref="CampaignState.Completed"/>.
    /// Idempotent, in any order. Gives the ids that are no delivery; they spoil nothing for the others.
    /// </summary>
    Task<IReadOnlyList<JobId>> AppendAsync(IReadOnlyList<DeliveryEvent> events, CancellationToken cancellationToken);

    /// <summary>
    /// Ends deliveries of a campaign that are <see cref="DeliveryState.Unknown"/> as <see cref="DeliveryState.Success"/>, since a person
    /// found out; others it leaves alone. Gives how many it ended.
    /// </summary>
    Task<int> ConfirmSentAsync(long campaignId, IReadOnlyList<long> deliveryIds, CancellationToken cancellationToken);

    /// <summary>
    /// Counts a campaign's deliveries as one state of the store shows them, holds that against its counts, its plan and the queue, and
    /// keeps the finding as <see cref="Campaign.Reconciliation"/>. NotFound.
    /// </summary>
    Task<Result<Reconciliation>> ReconcileAsync(long campaignId, CancellationToken cancellationToken);

    /// <summary>Campaigns that ended and were not reconciled since, the oldest first, at most 100.</summary>
    Task<IReadOnlyList<long>> ListUnreconciledAsync(CancellationToken cancellationToken);
}

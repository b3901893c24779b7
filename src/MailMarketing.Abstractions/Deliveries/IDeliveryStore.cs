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
    /// delivery's own round), in one transaction; a campaign whose last delivery ends becomes <see cref="CampaignState.Completed"/>.
    /// Idempotent, in any order. Gives the ids that are no delivery; they spoil nothing for the others.
    /// </summary>
    Task<IReadOnlyList<JobId>> AppendAsync(IReadOnlyList<DeliveryEvent> events, CancellationToken cancellationToken);
}

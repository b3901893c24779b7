namespace MailMarketing;

/// <summary>What became of each recipient of a campaign.</summary>
public sealed class DeliveriesClient
{
    private readonly IDeliveryStore _deliveries;
    private readonly ICampaignStore _campaigns;

    internal DeliveriesClient(IDeliveryStore deliveries, ICampaignStore campaigns) => (_deliveries, _campaigns) = (deliveries, campaigns);

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
}

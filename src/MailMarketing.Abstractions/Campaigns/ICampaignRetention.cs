namespace MailMarketing;

/// <summary>Drops the deliveries of campaigns that ended long ago. Implemented beside <see cref="ICampaignStore"/>, on the same rows.</summary>
public interface ICampaignRetention
{
    /// <summary>
    /// Drops deliveries of one campaign that ended longer than <paramref name="age"/> ago by the store's clock and was found to add up
    /// since, and what was frozen for them, in one transaction that holds nobody up for long. The campaign and its counts stay;
    /// <see cref="Campaign.DeliveriesDroppedAt"/> says since when. Of many callers each gets a campaign of its own, or waits.
    /// </summary>
    /// <param name="age">How long ago, from zero.</param>
    /// <param name="max">How many at most, from 1.</param>
    /// <param name="cancellationToken">Gives up; what was dropped is dropped.</param>
    /// <returns>
    /// The campaign and how many were dropped, fewer than <paramref name="max"/> with its last ones; null where nothing is left to drop.
    /// </returns>
    Task<DroppedDeliveries?> DropOldDeliveriesAsync(TimeSpan age, int max, CancellationToken cancellationToken);
}

namespace MailMarketing;

/// <summary>Deliveries that were dropped since their campaign ended long ago.</summary>
/// <param name="CampaignId">Whose they were.</param>
/// <param name="Count">How many.</param>
public sealed record DroppedDeliveries(long CampaignId, int Count);

namespace MailMarketing;

/// <summary>A delivery as its contact sees it: beside which campaign it was.</summary>
/// <param name="Delivery">The delivery.</param>
/// <param name="CampaignName">The campaign's name.</param>
public sealed record ContactDelivery(Delivery Delivery, string CampaignName);

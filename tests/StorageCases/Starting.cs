namespace MailMarketing.StorageCases;

/// <summary>Starts a campaign as it is stored.</summary>
public static class Starting
{
    public static async Task<Result<Campaign>> StartAsync(
        this ICampaignStore campaigns, long id, FrozenContent content, IAsyncEnumerable<ContactData?>? people,
        CancellationToken cancellationToken)
    {
        var campaign = await campaigns.GetAsync(id, cancellationToken);
        return await campaigns.StartAsync(id, new StartRequest(content, campaign?.Revision ?? 0), people, cancellationToken);
    }
}

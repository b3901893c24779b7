using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using static MailMarketing.StorageCases.StoreFixture;

namespace MailMarketing.StorageCases;

/// <summary>The queue of a marketing side.</summary>
public abstract class MarketingQueueFixture(StoreFixture store) : QueueFixture
{
    private int _campaigns;

    public override ISendQueue Queue => store.Queue;

    public override FakeTimeProvider Clock => store.Clock;

    public override async Task<string> SeedAsync(int jobs) =>
        (await store.RunningAsync(jobs, $"News {++_campaigns}")).Id.ToString(CultureInfo.InvariantCulture);

    public override async Task MoveAsync(string campaign, CampaignState to) => (await store.Campaigns.MoveAsync(
        long.Parse(campaign, CultureInfo.InvariantCulture), [CampaignState.Running, CampaignState.Paused], to, Stop)).OrThrow();

    public override Task WithdrawAsync(SendJob job) => store.Contacts.SetConsentAsync((long)job.Fields["user_id"]!, ConsentStatus.Unsubscribed, Stop);

    public override async Task<DeliveryStatus> StatusAsync(SendJob job) => (await store.Deliveries.GetAsync(job.QueueId, Stop))!.Status;

    public override void Dispose()
    {
        store.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }
}

using Microsoft.Extensions.Time.Testing;
using static MailMarketing.StorageCases.StoreFixture;

namespace MailMarketing.StorageCases;

/// <summary>A queue with jobs to claim, whichever side of the hand-over it is on. Nothing here knows a provider.</summary>
public abstract class QueueFixture : IDisposable
{
    public abstract ISendQueue Queue { get; }

    public abstract FakeTimeProvider Clock { get; }

    /// <summary>Makes jobs of one more running campaign; gives the campaign.</summary>
    public abstract Task<string> SeedAsync(int jobs);

    public abstract Task MoveAsync(string campaign, CampaignState to);

    /// <summary>The contact of a job does not want it any more.</summary>
    public abstract Task WithdrawAsync(SendJob job);

    /// <summary>What people see of a job that was completed or ended.</summary>
    public abstract Task<DeliveryStatus> StatusAsync(SendJob job);

    public virtual void Dispose() => GC.SuppressFinalize(this);

    public Task<SendBlock?> TryClaimAsync(int max = 100) => Queue.ClaimAsync(new ClaimRequest("default", max, TimeSpan.FromSeconds(30)), Stop);

    public async Task<SendBlock> ClaimAsync(int max = 100) => (await TryClaimAsync(max))!;

    public Task<IReadOnlySet<long>> MarkAsync(SendBlock block) => Queue.MarkAsync(block.Fence, [.. block.Jobs.Select(job => job.QueueId)], Stop);

    public Task<int> CompleteAsync(SendBlock block, DeliveryState state, int attempts = 1, TimeSpan retryAfter = default) => Queue.CompleteAsync(
        block.Fence,
        [.. block.Jobs.Select(job => new SendResult
        {
            QueueId = job.QueueId,
            Status = new DeliveryStatus(job.Status.Round, state, attempts),
            Spent = attempts,
            RetryAfter = retryAfter,
            MessageId = state == DeliveryState.Success ? $"m{job.QueueId}" : null,
            Error = state == DeliveryState.Success ? null : "no",
        })],
        Stop);
}

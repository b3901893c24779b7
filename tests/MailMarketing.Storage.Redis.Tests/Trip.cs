using Microsoft.Extensions.DependencyInjection;
using static MailMarketing.StorageCases.IntakeQueueFixture;
using static MailMarketing.StorageCases.StoreFixture;

namespace MailMarketing.Storage.Redis.Tests;

/// <summary>The way of jobs through a queue.</summary>
internal static class Trip
{
    /// <summary>One job is sent, one is claimed, one waits and one is withdrawn before it comes; settings are stored.</summary>
    public static async Task RunAsync(ServiceProvider node, bool acknowledge)
    {
        var queue = node.GetRequiredService<ISendIntake>();
        await node.GetRequiredService<ISenderSettingsStore>().UpdateAsync(
            settings => settings with { From = new Mailbox("News", "news@example.org") }, Stop);
        await queue.ControlAsync(new SendControl { Withdraw = [(JobId.Of(4), 1)], Reason = "unsubscribed" }, Stop);
        await queue.AcceptAsync(Batch("c", 2, Job(1), Job(2), Job(3)), Stop);
        var first = (await queue.ClaimAsync(new ClaimRequest("default", 1, TimeSpan.FromSeconds(30)), Stop))!;
        await SendAsync(queue, first);
        var second = (await queue.ClaimAsync(new ClaimRequest("default", 1, TimeSpan.FromSeconds(30)), Stop))!;
        Assert.True(await queue.RenewAsync(second.Fence, TimeSpan.FromSeconds(30), Stop));
        var reports = await queue.ReadReportsAsync(10, Stop);
        Assert.Equal((JobId.Of(1), DeliveryState.Success), (reports.Events[0].JobId, reports.Events[0].Status.State));
        if (acknowledge)
        {
            await queue.ReleaseAsync(second.Fence, [second.Jobs[0].QueueId], Stop);
            await queue.AcknowledgeReportsAsync(reports.UpTo, Stop);
            Assert.Empty((await queue.ReadReportsAsync(10, Stop)).Events);
        }
    }

    public static async Task SendAsync(ISendQueue queue, SendBlock block)
    {
        Assert.Equal(block.Jobs.Count, (await queue.MarkAsync(block.Fence, [.. block.Jobs.Select(job => job.QueueId)], Stop)).Count);
        Assert.Equal(0, await queue.CompleteAsync(block.Fence, Results(block, DeliveryState.Success), Stop));
    }

    public static SendResult[] Results(SendBlock block, DeliveryState state) =>
    [
        .. block.Jobs.Select(job => new SendResult { QueueId = job.QueueId, Status = new DeliveryStatus(job.Status.Round, state, 1) }),
    ];
}

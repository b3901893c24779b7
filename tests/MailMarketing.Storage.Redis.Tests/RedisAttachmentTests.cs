using MailMarketing.StorageCases;
using Microsoft.Extensions.DependencyInjection;

namespace MailMarketing.Storage.Redis.Tests;

/// <summary>Files of jobs stay as long as a job may need them, and no longer: Redis is memory.</summary>
public sealed class RedisAttachmentTests : IDisposable
{
    private readonly RedisIntakeQueueFixture _fixture = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task A_file_is_gone_once_the_last_job_that_carries_it_was_reported()
    {
        var reader = _fixture.Services.GetRequiredService<IAttachmentReader>();
        var file = Attachment.Of("a.txt", "text/plain", new byte[] { 1, 2, 3 });
        foreach (var (campaign, job) in new[] { ("c", 1), ("d", 2) })
        {
            var batch = IntakeQueueFixture.Batch(campaign, 1, IntakeQueueFixture.Job(job));
            await _fixture.Intake.AcceptAsync(batch with { Content = batch.Content with { Attachments = [file], FrozenAt = batch.Content.FrozenAt.AddDays(job) } }, Stop);
        }

        var block = await _fixture.ClaimAsync();
        foreach (var job in block.Jobs)
        {
            Assert.Equal(file.Content.ToArray(), await reader.ReadAsync(file.Hash, Stop));
            var status = new DeliveryStatus(job.Status.Round, DeliveryState.Success, 1);
            await _fixture.Intake.CompleteAsync(block.Fence, [new SendResult { QueueId = job.QueueId, Status = status }], Stop);
            await _fixture.Intake.AcknowledgeReportsAsync((await _fixture.Intake.ReadReportsAsync(100, Stop)).UpTo, Stop);
        }

        Assert.Equal(2, block.Jobs.Count);
        Assert.Null(await reader.ReadAsync(file.Hash, Stop));
    }
}

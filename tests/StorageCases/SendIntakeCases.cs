using Microsoft.Extensions.DependencyInjection;
using static MailMarketing.StorageCases.IntakeQueueFixture;
using static MailMarketing.StorageCases.StoreFixture;

namespace MailMarketing.StorageCases;

public abstract class SendIntakeCases : IDisposable
{
    private readonly IntakeQueueFixture _fixture;

    protected SendIntakeCases(IntakeQueueFixture fixture) => _fixture = fixture;

    private ISendIntake Intake => _fixture.Intake;

    public void Dispose()
    {
        _fixture.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, false, true)]
    [InlineData(true, true, true)]
    public async Task A_job_that_came_before_is_in_doubt_where_the_queue_is_not_the_one_that_had_it(bool isTheSame, bool maybeSent, bool isInDoubt)
    {
        var queue = await Intake.AcceptAsync(Batch("c", 1, Job(1)), Stop);
        var job = Job(2) with { Repeated = true, MaybeSent = maybeSent };
        await Intake.AcceptAsync(Batch("c", 1, job, Job(3)) with { Queue = isTheSame ? queue : "another life" }, Stop);

        var jobs = (await _fixture.ClaimAsync()).Jobs.OrderBy(claimed => claimed.JobId.Text);

        Assert.Equal([false, isInDoubt, false], jobs.Select(claimed => claimed.Ambiguous));
    }

    [Fact]
    public async Task A_job_that_a_lost_queue_may_have_sent_is_in_doubt_where_it_is_not_known()
    {
        await Intake.AcceptAsync(Batch("c", 1, Job(1)), Stop);
        await Intake.AcceptAsync(
            Batch("c", 1, [.. new[] { 1, 2 }.Select(id => Job(id) with { MaybeSent = true })]), Stop);

        var jobs = (await _fixture.ClaimAsync()).Jobs.OrderBy(job => job.JobId.Text).ToList();

        Assert.Equal([false, true], jobs.Select(job => job.Ambiguous));
        Assert.Equal([DeliveryState.Pending, DeliveryState.Retry], jobs.Select(job => job.Status.State));
    }

    [Fact]
    public async Task Files_of_a_batch_are_kept_once_for_all_that_name_them()
    {
        var reader = _fixture.Services.GetRequiredService<IAttachmentReader>();
        var bytes = Enumerable.Range(0, 100_000).Select(n => (byte)n).ToArray();
        var file = Attachment.Of("terms.pdf", "application/pdf", bytes);
        Assert.Null(await reader.ReadAsync(file.Hash, Stop));
        foreach (var batch in new[] { Batch("c", 1, Job(1)), Batch("c", 1, Job(2)), Batch("d", 1, Job(3)) })
        {
            await Intake.AcceptAsync(batch with { Content = batch.Content with { Attachments = [file] } }, Stop);
        }

        await Intake.AcceptAsync(Batch("e", 1, Job(4)), Stop);

        var jobs = (await _fixture.ClaimAsync()).Jobs;

        Assert.Equal([1, 1, 1, 0], jobs.OrderBy(job => job.JobId.Text).Select(job => job.Content.Attachments.Count));
        Assert.All(jobs.SelectMany(job => job.Content.Attachments), named => Assert.Equal(file with { Content = default }, named));
        Assert.Equal(bytes, await reader.ReadAsync(file.Hash, Stop));
    }

    [Fact]
    public async Task Fields_come_back_as_they_came()
    {
        var job = Job(1) with { Fields = new Dictionary<string, object?> { ["email"] = "a@example.org", ["segments"] = new[] { "VIP \"ä\"", "Süd" } } };
        await Intake.AcceptAsync(Batch("c", 1, job, Job(2)), Stop);

        var jobs = (await _fixture.ClaimAsync()).Jobs.OrderBy(claimed => claimed.JobId.Text).ToList();

        Assert.Equal(["VIP \"ä\"", "Süd"], Assert.IsType<IEnumerable<object?>>(jobs[0].Fields["segments"], exactMatch: false));
        Assert.DoesNotContain("segments", jobs[1].Fields.Keys);
    }

    [Fact]
    public async Task A_job_that_comes_again_is_recognised()
    {
        var first = await Intake.AcceptAsync(Batch("c", 2, Job(1), Job(1)), Stop);
        var second = await Intake.AcceptAsync(Batch("c", 2, Job(1, attempts: 2), Job(1, round: 2)), Stop);

        var block = await _fixture.ClaimAsync();

        Assert.Equal(first, second);
        Assert.Equal([(1, 2), (2, 0)], block.Jobs.Select(job => (job.Status.Round, job.Status.Attempts)));
    }

    [Fact]
    public async Task A_number_and_a_text_are_two_jobs_and_come_back_as_they_came()
    {
        var text = Job(1) with { JobId = new JobId("1", IsNumber: false) };
        await Intake.AcceptAsync(Batch(null, 0, Job(1), text), Stop);

        var block = await _fixture.ClaimAsync();

        Assert.Equal([JobId.Of(1), text.JobId], block.Jobs.Select(job => job.JobId));
        Assert.All(block.Jobs, job => Assert.Null(job.CampaignId));
        Assert.Equal(2, block.Jobs.Select(job => job.IdempotencyKey).Distinct().Count());
    }

    [Fact]
    public async Task A_job_that_ended_is_reported_again_when_it_comes_again()
    {
        await Intake.AcceptAsync(Batch("c", 2, Job(1)), Stop);
        var block = await _fixture.ClaimAsync();
        await _fixture.MarkAsync(block);
        await _fixture.CompleteAsync(block, DeliveryState.Success);
        await Intake.AcknowledgeReportsAsync((await Intake.ReadReportsAsync(10, Stop)).UpTo, Stop);
        Assert.Empty((await Intake.ReadReportsAsync(10, Stop)).Events);

        var incarnation = await Intake.AcceptAsync(Batch("c", 2, Job(1)), Stop);

        var reports = await Intake.ReadReportsAsync(10, Stop);
        Assert.Equal(incarnation, reports.Incarnation);
        Assert.Equal((new DeliveryStatus(1, DeliveryState.Success, 1), $"m{block.Jobs[0].QueueId}"), (reports.Events[0].Status, reports.Events[0].MessageId));
        Assert.Null(await _fixture.TryClaimAsync());
    }

    [Fact]
    public async Task Reports_come_in_order_and_include_retries()
    {
        await _fixture.SeedAsync(1);
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            var block = await _fixture.ClaimAsync();
            await _fixture.MarkAsync(block);
            await _fixture.CompleteAsync(block, attempt == 1 ? DeliveryState.Retry : DeliveryState.Failure, attempt);
        }

        var first = await Intake.ReadReportsAsync(1, Stop);
        await Intake.AcknowledgeReportsAsync(first.UpTo, Stop);
        var second = await Intake.ReadReportsAsync(10, Stop);

        Assert.Equal(DeliveryState.Retry, Assert.Single(first.Events).Status.State);
        Assert.Equal(DeliveryState.Failure, Assert.Single(second.Events).Status.State);
        Assert.Equal("no", second.Events[0].Error);
    }

    [Fact]
    public async Task A_control_that_comes_first_applies_to_jobs_that_come_later()
    {
        await Intake.ControlAsync(new SendControl { CampaignId = "c", Revision = 3, State = CampaignState.Cancelled }, Stop);
        await Intake.ControlAsync(new SendControl { Withdraw = [(JobId.Of(7), 1)], Reason = "unsubscribed" }, Stop);

        await Intake.AcceptAsync(Batch("c", 2, Job(1)), Stop);
        await Intake.AcceptAsync(Batch("d", 2, Job(7)), Stop);

        Assert.Null(await _fixture.TryClaimAsync());
        var reports = (await Intake.ReadReportsAsync(10, Stop)).Events;
        Assert.Equal([DeliveryState.Cancelled, DeliveryState.Suppressed], reports.Select(report => report.Status.State));
    }

    [Fact]
    public async Task An_older_revision_is_ignored()
    {
        var campaign = await _fixture.SeedAsync(1);
        await Intake.ControlAsync(new SendControl { CampaignId = campaign, Revision = 5, State = CampaignState.Paused }, Stop);
        await Intake.ControlAsync(new SendControl { CampaignId = campaign, Revision = 4, State = CampaignState.Running }, Stop);
        Assert.Null(await _fixture.TryClaimAsync());

        await Intake.AcceptAsync(Batch(campaign, 6, Job(50)), Stop);

        Assert.Equal(2, (await _fixture.ClaimAsync()).Jobs.Count);
    }

    [Fact]
    public async Task A_mark_lost_in_a_cancelled_campaign_ends_unknown()
    {
        var campaign = await _fixture.SeedAsync(1);
        var block = await _fixture.ClaimAsync();
        await _fixture.MarkAsync(block);
        await _fixture.MoveAsync(campaign, CampaignState.Cancelled);
        _fixture.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(await _fixture.TryClaimAsync());
        Assert.Equal(DeliveryState.Unknown, (await _fixture.StatusAsync(block.Jobs[0])).State);
    }
}
